// SPDX-License-Identifier: GPL-3.0-or-later
// What columns say of the other end.
#include "model/column_values.h"
#include "model/other_ends.h"
#include "model/owners.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

namespace socktree::column {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

/// The first other end, which is a certain one if any is; null if there is none.
const Peer *firstPeer(const RowRef &row)
{
    const auto peers = row.snapshot().peersOf(row.socket());
    return peers.empty() ? nullptr : &peers.front();
}

const Socket &socketOf(const RowRef &row, const Peer &peer)
{
    return row.snapshot().sockets[peer.socket];
}

/// Of the first other end.
std::optional<ShownOwner> ownerOfPeer(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    return peer ? shownOwner(row.snapshot(), socketOf(row, *peer)) : std::nullopt;
}

Value noOwnerOfPeer(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    return peer ? Value(ownerOf(row.snapshot(), socketOf(row, *peer))) : noOtherEnd(row);
}

/// "≈ nginx +2": what is inferred has its sign in front, where no narrow column hides it.
QString shown(const RowRef &row, const QString &text, bool inferred)
{
    const auto more = row.snapshot().peersOf(row.socket()).size() - 1;
    const QString all = more ? text + QStringLiteral(" +%1").arg(more) : text;
    return inferred ? markedInferred(all) : all;
}

bool isInferred(const RowRef &row)
{
    const auto owner = ownerOfPeer(row);
    return firstPeer(row)->inferred || (owner && owner->how != ShownOwner::How::Held);
}

} // namespace

Value peerProcess(const RowRef &row)
{
    const auto owner = ownerOfPeer(row);
    return owner ? Value::of(processName(*owner->process)) : noOwnerOfPeer(row);
}

Value peerPid(const RowRef &row)
{
    const auto owner = ownerOfPeer(row);
    return owner ? Value::of(static_cast<quint64>(owner->process->key.pid)) : noOwnerOfPeer(row);
}

Value peerSocket(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    return peer ? Value::of(socketText(row.snapshot(), socketOf(row, *peer))) : noOtherEnd(row);
}

Value peerHow(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    if (!peer)
        return noOtherEnd(row);
    const auto owner = ownerOfPeer(row);
    if (!peer->inferred && owner && owner->how == ShownOwner::How::Listener)
        return Value::of(QStringLiteral("listener"));
    return Value::of(peer->inferred ? QStringLiteral("inferred") : QStringLiteral("exact"));
}

QString showPeerProcess(const RowRef &row)
{
    return shown(row, shownName(*ownerOfPeer(row)->process), isInferred(row));
}

QString showPeerPid(const RowRef &row)
{
    return shown(row, QString::number(ownerOfPeer(row)->process->key.pid), isInferred(row));
}

QString showPeerSocket(const RowRef &row)
{
    return shown(row, socketText(row.snapshot(), socketOf(row, *firstPeer(row))), firstPeer(row)->inferred);
}

QString peerNote(const RowRef &row)
{
    constexpr std::size_t most = 20;
    const auto peers = row.snapshot().peersOf(row.socket());
    if (peers.empty())
        return whyNoOtherEnd(row);
    QStringList lines;
    for (std::size_t i = 0; i < peers.size() && i < most; ++i)
        lines += peerText(row.snapshot(), peers[i]);
    if (peers.size() > most)
        lines += tr("and %1 more").arg(peers.size() - most);
    lines += howFound(row.snapshot(), row.socket(), peers.front());
    if (const auto owner = ownerOfPeer(row); owner && owner->how == ShownOwner::How::Listener)
        lines += tr("It waits to be accepted; the process is that of its listener.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace socktree::column
