// SPDX-License-Identifier: GPL-3.0-or-later
// The programs that live tests start: mksockets, which makes sockets and tells what it knows of them, and Socktree.
#pragma once

#include <QtCore/QJsonArray>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QProcess>
#include <QtCore/QStringList>

namespace socktree::test {

/// What a program wrote, and how it ended.
struct Outcome {
    int status = -1; ///< exit status, -1 if it did not end by itself
    QByteArray output;
    QByteArray errors;
};
/// Runs a program to its end, without input; the empty environment variable names nothing.
Outcome run(const QString &program, const QStringList &arguments);

/// Socktree's rows as JSON. Fails the test if it cannot be had.
QJsonObject listAsJson(const QStringList &arguments = {});
/// The paths of Socktree itself and of mksockets.
QString socktreeProgram();
QString mksocketsProgram();

/// Keeps sockets until it is destroyed.
class Mksockets
{
public:
    explicit Mksockets(const QStringList &situations);
    ~Mksockets();
    /// One object per socket and holder, as they are now.
    QList<QJsonObject> told();

private:
    QProcess m_process;
    bool m_asked = true; ///< it tells once without being asked
};

/// An object of the list with this situation and role; fails the test if there is none.
QJsonObject pick(const QList<QJsonObject> &told, const char *situation, const char *role);

} // namespace socktree::test
