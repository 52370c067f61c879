// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/other_ends.h"

#include "model/end_text.h"
#include "model/socket_state.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("OtherEnd", text);
}

} // namespace

QString socketText(const Snapshot &snapshot, const Socket &socket)
{
    QString end = localEnd(snapshot, socket);
    if (isInternet(socket.protocol) && !end.isEmpty())
        return end;
    QStringList parts{protocolName(snapshot, socket)};
    if (!end.isEmpty())
        parts += end;
    else if (socket.inode)
        parts += QStringLiteral("socket:[%1]").arg(socket.inode);
    if (const QByteArray name = snapshot.nameOf(socket); !name.isEmpty())
        parts += unixName(name);
    return parts.join(QLatin1Char(' '));
}

std::optional<ShownOwner> ownerOfPeer(const RowRef &row, const Peer &peer)
{
    const Snapshot &snapshot = row.snapshot();
    const Socket &socket = snapshot.sockets[peer.socket];
    if (auto owner = shownOwner(snapshot, socket, row.under())) {
        // Who holds both ends, as a master does those of its workers' pipes, is not whom one looks for.
        const auto holders = shownHolders(snapshot, socket);
        const auto other = std::find_if(holders.begin(), holders.end(),
            [&](const Holder &one) { return &snapshot.processes[one.process] != row.process(); });
        if (owner->process == row.process() && other != holders.end())
            owner->process = &snapshot.processes[other->process];
        return owner;
    }
    const quint32 slot = slotOf(row.generation(), snapshot, peer.socket);
    const auto &former = row.generation().formerOwners;
    const auto found = former.constFind(slot);
    return found == former.cend() ? std::nullopt : std::optional(ShownOwner{ShownOwner::How::Was, &*found});
}

bool isListenersPeer(const RowRef &row, const Peer &peer)
{
    const Socket &socket = row.snapshot().sockets[peer.socket];
    return isListening(socket) || socket.listener != noIndex;
}

QString severalListeners(const Socket &socket)
{
    return tr("it waits to be accepted at one of %1 listeners that share its address and port, and the kernel does not "
              "tell at which.")
        .arg(socket.listeners);
}

QString peerText(const RowRef &row, const Peer &peer)
{
    QString text = socketText(row.snapshot(), row.snapshot().sockets[peer.socket]);
    const auto owner = ownerOfPeer(row, peer);
    if (owner) {
        const QString process = nameAndPid(*owner->process);
        text = (peer.inferred ? process : markedAs(owner->how, process)) + QLatin1Char(' ') + text;
    }
    return peer.inferred ? markedInferred(text) : text;
}

QString howFound(const RowRef &row, const Peer &peer)
{
    const Socket &socket = row.socket();
    const Socket &other = row.snapshot().sockets[peer.socket];
    if (socket.protocol == Protocol::Unix)
        return isListening(other) ? tr("Told by the kernel: it waits in this listener's queue to be accepted.")
                                  : tr("Told by the kernel.");
    if (!isInternet(socket.protocol))
        return tr("Told by the kernel, which names the other end by its number.");
    if (!peer.inferred)
        return tr("It has the same addresses and ports, the other way round.");
    if (socket.netns == noShortIndex || other.netns == noShortIndex)
        return tr("Inferred: the only one that has the same addresses and ports, the other way round; whether it is in "
                  "the same network namespace is not told.");
    if (socket.netns != other.netns)
        return tr("Inferred: in another network namespace, and the only one that has the same addresses and ports, "
                  "the other way round.");
    return tr("Inferred: one is bound to the address and port that the other sends to. Another socket that shares "
              "these may be the true one.");
}

quint32 slotOf(const Generation &generation, const Snapshot &snapshot, quint32 socket)
{
    return socket < snapshot.sockets.size() ? generation.slotOf.value(snapshot.keyOf(snapshot.sockets[socket]), noIndex)
                                            : noIndex;
}

} // namespace socktree
