// SPDX-License-Identifier: GPL-3.0-or-later
// mksockets makes every situation it lists or says why it cannot, tells of each whole, and leaves nothing behind.
#include "tests/support/live_programs.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QJsonDocument>
#include <QtCore/QSet>
#include <QtTest/QTest>
#include <cerrno>
#include <csignal>

using namespace socktree::test;

class LiveSituations : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void makesEachOrSaysWhyNot_data();
    void makesEachOrSaysWhyNot();
    void makesAllAtOnceAndLeavesNothing();
    void knowsNoOthers();

private:
    QString m_program;
    QList<QByteArray> m_names;
};

/// The objects of an output that ends with an empty line; none if a line is no object.
static QList<QJsonObject> objectsIn(const QByteArray &output)
{
    QList<QJsonObject> objects;
    if (!output.endsWith("\n\n"))
        return {};
    for (const QByteArray &line : output.trimmed().split('\n')) {
        const auto document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            return {};
        objects << document.object();
    }
    return objects;
}

void LiveSituations::initTestCase()
{
    failOnWarnings();
    m_program = mksocketsProgram();
    const Outcome usage = run(m_program, {});
    QCOMPARE(usage.status, 2);
    for (const QByteArray &line : usage.errors.split('\n')) {
        if (line.startsWith("  "))
            m_names << line.trimmed().split(':').first();
    }
    QVERIFY(m_names.size() > 50);
    QCOMPARE(QSet<QByteArray>(m_names.begin(), m_names.end()).size(), m_names.size());
}

void LiveSituations::makesEachOrSaysWhyNot_data()
{
    QTest::addColumn<QByteArray>("name");
    for (const QByteArray &name : m_names)
        QTest::newRow(name.constData()) << name;
}

void LiveSituations::makesEachOrSaysWhyNot()
{
    QFETCH(QByteArray, name);
    const Outcome outcome = run(m_program, {QString::fromLatin1(name)});
    QCOMPARE(outcome.errors, QByteArray());
    QCOMPARE(outcome.status, 0);
    const QList<QJsonObject> told = objectsIn(outcome.output);
    QVERIFY2(!told.isEmpty(), outcome.output.constData());
    if (told.first().contains(u"cannot")) {
        QCOMPARE(told.size(), 1);
        QSKIP(qPrintable(told.first()[u"cannot"].toString()));
    }
    for (const QJsonObject &one : told) {
        QCOMPARE(one[u"situation"].toString().toLatin1(), name);
        QVERIFY(!one[u"role"].toString().isEmpty());
        QVERIFY(one.contains(u"inode"));
        QVERIFY(one.contains(u"source") || one.contains(u"not-described"));
        // Somebody holds it, or it says why nobody does.
        QVERIFY(one.contains(u"pid") != one.contains(u"no-holder"));
        QCOMPARE(one.contains(u"pid"), one.contains(u"fd"));
        QCOMPARE(one.contains(u"peer-inode"), one.contains(u"peer-inferred"));
    }
}

void LiveSituations::makesAllAtOnceAndLeavesNothing()
{
    const Outcome outcome = run(m_program, {QStringLiteral("all")});
    QCOMPARE(outcome.status, 0);
    const QList<QJsonObject> told = objectsIn(outcome.output);
    QVERIFY(told.size() > 200);
    QSet<qint64> pids;
    for (const QJsonObject &one : told) {
        if (one.contains(u"pid"))
            pids.insert(one[u"pid"].toInteger());
        if (const auto name = QByteArray::fromHex(one[u"local-name"].toString().toLatin1()); name.startsWith('/'))
            QVERIFY2(!QFile::exists(QFile::decodeName(name)), name.constData());
    }
    QVERIFY(pids.size() > 10);
    for (const qint64 pid : pids) {
        QCOMPARE(kill(static_cast<pid_t>(pid), 0), -1);
        QCOMPARE(errno, ESRCH);
    }
}

void LiveSituations::knowsNoOthers()
{
    QCOMPARE(run(m_program, {QStringLiteral("udp-bound"), QStringLiteral("no-such-situation")}).status, 2);
}

QTEST_GUILESS_MAIN(LiveSituations)
#include "tst_live_situations.moc"
