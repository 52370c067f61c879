// SPDX-License-Identifier: GPL-3.0-or-later
// What socktree --list --format json says of the whole machine, and of every situation, is as the schema in the tree
// says.
#include "tests/support/live_programs.h"
#include "tests/support/schema_check.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <memory>
#include <unistd.h>

using namespace socktree::test;

class LiveSchema : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase() { m_programs.reset(); }
    void isWhatIsWritten();
    void isWhatIsWrittenOfOpenedFiles();
    void hasForEachColumnAValueOrAReason();
    void givesTheSameReasonsToScripts();
    void isPrintedWithoutDisplayOrHome();

private:
    std::unique_ptr<Mksockets> m_programs;
    QJsonObject m_schema;
    QJsonObject m_list;
};

void LiveSchema::initTestCase()
{
    failOnWarnings();
    // Who runs this may not be let into the folder of the sources.
    QFile file(qEnvironmentVariable(
        "SOCKTREE_SCHEMA", QStringLiteral(SOCKTREE_SOURCE_DIR "/resources/schema/socktree-1.schema.json")));
    QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
    m_schema = QJsonDocument::fromJson(file.readAll()).object();
    QStringList situations;
    for (const char *name : {"tcp-listen-v4", "tcp-listen-v6", "tcp-idle", "tcp-mapped", "tcp-queued", "tcp-blocked",
             "tcp-unaccepted", "tcp-half-closed", "tcp-time-wait", "tcp-bound", "tcp-never-bound", "tcp-options",
             "tcp-md5sig", "udp-bound", "udp-connected", "udp-never-bound", "unix-path", "unix-abstract", "unix-pairs",
             "unix-datagram", "shared", "hostile-name", "in-flight", "own-table"})
        situations << QLatin1String(name);
    m_programs = std::make_unique<Mksockets>(situations);
    QVERIFY(m_programs->told().size() > 50);
    m_list = listAsJson();
    QVERIFY(m_list[u"sockets"].toArray().size() > 50);
}

void LiveSchema::isWhatIsWritten()
{
    const QStringList complaints = schemaComplaints(m_schema, m_list);
    QVERIFY2(complaints.isEmpty(), qPrintable(u'\n' + complaints.join(u'\n')));
}

void LiveSchema::isWhatIsWrittenOfOpenedFiles()
{
    const QTemporaryDir folder;
    const auto complaints = [&](const QString &path, int status) {
        const Outcome outcome = run(socktreeProgram(),
            {QStringLiteral("--list"), QStringLiteral("--format"), QStringLiteral("json"), QStringLiteral("--open"),
                path});
        if (outcome.status != status)
            return QString::fromUtf8(outcome.errors);
        return schemaComplaints(m_schema, QJsonDocument::fromJson(outcome.output).object()).join(u'\n');
    };
    const QString whole = folder.filePath(QStringLiteral("whole")), redacted = folder.filePath(QStringLiteral("less"));
    QCOMPARE(run(socktreeProgram(), {QStringLiteral("--record"), whole}).status, 0);
    QCOMPARE(run(socktreeProgram(), {QStringLiteral("--record"), redacted, QStringLiteral("--redact")}).status, 0);
    QCOMPARE(complaints(whole, 0), QString());
    QCOMPARE(complaints(redacted, 0), QString());
    QFile file(whole);
    const qint64 size = file.size();
    for (int part = 7; part > 0; --part) {
        QVERIFY(file.resize(size * part / 8));
        QCOMPARE(complaints(whole, 3), QString());
    }
    const QString dump = folder.filePath(QStringLiteral("ss"));
    const QStringList options{QStringLiteral("-t"), QStringLiteral("-a"), QStringLiteral("-D"), dump};
    QCOMPARE(run(QStringLiteral("ss"), options).status, 0);
    QCOMPARE(complaints(dump, 0), QString());
}

void LiveSchema::hasForEachColumnAValueOrAReason()
{
    const QJsonObject socket = m_schema[u"$defs"].toObject()[u"socket"].toObject()[u"properties"].toObject();
    const QStringList notColumns{QStringLiteral("attributes"), QStringLiteral("closed"), QStringLiteral("doubtful"),
        QStringLiteral("former-owner"), QStringLiteral("holders"), QStringLiteral("listener"),
        QStringLiteral("listener-candidates"), QStringLiteral("part-of"), QStringLiteral("peers"),
        QStringLiteral("unknown"), QStringLiteral("why")};
    for (const auto &value : m_list[u"sockets"].toArray()) {
        const QJsonObject row = value.toObject();
        const QJsonObject why = row[u"why"].toObject();
        for (const QString &id : socket.keys())
            if (!notColumns.contains(id))
                QVERIFY2(row.contains(id) != why.contains(id), qPrintable(id));
    }
    if (geteuid() == 0)
        return;
    for (const auto &value : m_list[u"sockets"].toArray())
        if (value.toObject()[u"protocol"] == QLatin1String("tcp")
            && value.toObject()[u"source"] == QLatin1String("sock_diag"))
            QCOMPARE(value.toObject()[u"why"].toObject()[u"mark"].toString(), QStringLiteral("denied"));
}

void LiveSchema::givesTheSameReasonsToScripts()
{
    const QJsonObject told = pick(m_programs->told(), "tcp-listen-v4", "listener");
    const Outcome outcome = run(socktreeProgram(),
        {QStringLiteral("--list"), QStringLiteral("--why"), QStringLiteral("--format"), QStringLiteral("tsv"),
            QStringLiteral("--columns"), QStringLiteral("inode,mark,rtt,interface,unix-path"),
            QStringLiteral("--filter"), QStringLiteral("socket:[%1]").arg(told[u"inode"].toInteger())});
    QCOMPARE(outcome.status, 0);
    const QList<QByteArray> lines = outcome.output.split('\n');
    QCOMPARE(lines.size(), 3);
    QCOMPARE(lines[0],
        QByteArray(
            "inode\tinode-why\tmark\tmark-why\trtt\trtt-why\tinterface\tinterface-why\tunix-path\tunix-path-why"));
    const QByteArray mark = geteuid() == 0 ? "0x0\t" : "\tdenied";
    QCOMPARE(lines[1],
        QByteArray::number(told[u"inode"].toInteger()) + "\t\t" + mark
            + "\t\tdoes-not-apply\t\tnone\t\tdoes-not-apply");
}

void LiveSchema::isPrintedWithoutDisplayOrHome()
{
    const Outcome outcome = run(QStringLiteral("env"),
        {QStringLiteral("-i"), socktreeProgram(), QStringLiteral("--fields"), QStringLiteral("--format"),
            QStringLiteral("schema")});
    QCOMPARE(outcome.status, 0);
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(QJsonDocument::fromJson(outcome.output).object(), m_schema);
}

QTEST_GUILESS_MAIN(LiveSchema)
#include "tst_live_schema.moc"
