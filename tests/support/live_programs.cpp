// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/live_programs.h"

#include <QtCore/QJsonDocument>
#include <QtTest/QTest>

namespace socktree::test {

static constexpr int patience = 60000; // ms; the machine may be busy with other builds

static QString fromEnvironment(const char *name)
{
    const QString path = qEnvironmentVariable(name);
    if (path.isEmpty())
        qFatal("%s is not set; run this test by ctest", name);
    return path;
}

QString socktreeProgram()
{
    return fromEnvironment("SOCKTREE_PROGRAM");
}

QString mksocketsProgram()
{
    return fromEnvironment("SOCKTREE_MKSOCKETS");
}

Outcome run(const QString &program, const QStringList &arguments)
{
    QProcess process;
    process.start(program, arguments);
    process.closeWriteChannel();
    Outcome outcome;
    if (!process.waitForFinished(patience)) {
        outcome.errors = process.errorString().toUtf8();
        process.kill();
        process.waitForFinished();
        return outcome;
    }
    outcome.output = process.readAllStandardOutput();
    outcome.errors = process.readAllStandardError();
    if (process.exitStatus() == QProcess::NormalExit)
        outcome.status = process.exitCode();
    return outcome;
}

QJsonObject listAsJson(const QStringList &arguments)
{
    const Outcome outcome = run(socktreeProgram(),
        QStringList{QStringLiteral("--list"), QStringLiteral("--format"), QStringLiteral("json")} + arguments);
    QJsonParseError error;
    const auto document = QJsonDocument::fromJson(outcome.output, &error);
    if (outcome.status != 0 || !document.isObject()) {
        const QByteArray why = "socktree --list --format json ended with " + QByteArray::number(outcome.status) + ": "
            + outcome.errors + error.errorString().toUtf8();
        QTest::qFail(why.constData(), __FILE__, __LINE__);
    }
    return document.object();
}

Mksockets::Mksockets(const QStringList &situations)
{
    m_process.setProcessChannelMode(QProcess::ForwardedErrorChannel);
    m_process.start(mksocketsProgram(), situations);
}

Mksockets::~Mksockets()
{
    m_process.closeWriteChannel();
    m_process.waitForFinished(patience);
}

QList<QJsonObject> Mksockets::told()
{
    if (!m_asked)
        m_process.write("again\n");
    m_asked = false;
    QList<QJsonObject> all;
    for (;;) {
        while (!m_process.canReadLine()) {
            if (!m_process.waitForReadyRead(patience)) {
                QTest::qFail("mksockets does not tell what it made", __FILE__, __LINE__);
                return {};
            }
        }
        const QByteArray line = m_process.readLine();
        if (line == "\n")
            return all;
        const auto document = QJsonDocument::fromJson(line);
        if (!document.isObject())
            QTest::qFail(line.constData(), __FILE__, __LINE__);
        all << document.object();
    }
}

QJsonObject pick(const QList<QJsonObject> &told, const char *situation, const char *role)
{
    for (const QJsonObject &one : told) {
        if (one[u"situation"] == QLatin1String(situation) && one[u"role"] == QLatin1String(role))
            return one;
    }
    QTest::qFail(situation, __FILE__, __LINE__);
    return {};
}

} // namespace socktree::test
