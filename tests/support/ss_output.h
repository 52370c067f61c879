// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what ss -H -tuxan -e -p prints, for comparing with it.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QHash>
#include <QtCore/QList>

namespace socktree::test {

struct SsHolder {
    QByteArray name; ///< as ss prints it: up to the first ')'
    qint32 pid = 0;
    qint32 fd = 0;
    bool operator==(const SsHolder &) const = default;
};

struct SsRow {
    QByteArray netid; ///< "tcp", "udp", "u_str", "u_dgr", "u_seq"
    QByteArray state;
    qint64 recvQueue = 0; ///< signed, since ss prints it so
    qint64 sendQueue = 0;
    QByteArray local; ///< without the port; of a UNIX socket its name
    QByteArray localPort;
    QByteArray remote;
    QByteArray remotePort;
    QHash<QByteArray, QByteArray> more; ///< "ino" (of a UNIX socket its file's), "sk", "uid", "cgroup", "arrow" …
    QList<SsHolder> holders;            ///< ascending by pid, then fd
    /// Of a UNIX socket its inode, which ss prints as a port; else the cookie.
    QByteArray key() const;
};

/// Rows in the order of the output. A name with a newline breaks a row in two, and they are put together again; what is
/// no row at all comes into @p strange.
QList<SsRow> parseSs(const QByteArray &output, QList<QByteArray> *strange = nullptr);

} // namespace socktree::test
