// SPDX-License-Identifier: GPL-3.0-or-later
// What columns say of the other end.
#include "model/column_values.h"
#include "model/missing_end.h"
#include "model/other_ends.h"
#include "model/owner_text.h"
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
std::optional<ShownOwner> firstOwner(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    return peer ? ownerOfPeer(row, *peer) : std::nullopt;
}

Value noOwnerOfPeer(const RowRef &row)
{
    const Peer *peer = firstPeer(row);
    return peer ? Value(whyNoOwner(row.snapshot(), socketOf(row, *peer))) : noOtherEnd(row);
}

/// "≈ nginx +2": what is not certain says so in front, where no narrow column hides it.
QString shown(const RowRef &row, const QString &text, ShownOwner::How how, std::size_t more)
{
    const QString all = more ? text + QStringLiteral(" +%1").arg(more) : text;
    return firstPeer(row)->inferred ? markedInferred(all) : markedAs(how, all);
}

} // namespace

Value peerProcess(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return owner ? Value::of(processName(*owner->process)) : noOwnerOfPeer(row);
}

Value peerPid(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return owner ? Value::of(static_cast<quint64>(owner->process->key.pid)) : noOwnerOfPeer(row);
}

Value knownPeerProcess(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return owner && owner->how == ShownOwner::How::Was ? noOwnerOfPeer(row) : peerProcess(row);
}

Value knownPeerPid(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return owner && owner->how == ShownOwner::How::Was ? noOwnerOfPeer(row) : peerPid(row);
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
    if (!peer->inferred && hasSeveralListeners(socketOf(row, *peer)))
        return Value::of(QStringLiteral("ambiguous"));
    if (!peer->inferred && isListenersPeer(row, *peer))
        return Value::of(QStringLiteral("listener"));
    return Value::of(peer->inferred ? QStringLiteral("inferred") : QStringLiteral("exact"));
}

bool hasNoPeer(const RowRef &row)
{
    return firstPeer(row) == nullptr;
}

/// Other ends that the cell stands for, too.
static std::size_t moreEnds(const RowRef &row)
{
    return row.snapshot().peersOf(row.socket()).size() - 1;
}

/// Likewise, and further holders of the first.
static std::size_t moreHolders(const RowRef &row)
{
    const auto holders = shownHolders(row.snapshot(), socketOf(row, *firstPeer(row)));
    return moreEnds(row) + (holders.empty() ? 0 : holders.size() - 1);
}

QString showPeerProcess(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return shown(row, shownName(*owner->process), owner->how, moreHolders(row));
}

QString showPeerPid(const RowRef &row)
{
    const auto owner = firstOwner(row);
    return shown(row, QString::number(owner->process->key.pid), owner->how, moreHolders(row));
}

QString showPeerSocket(const RowRef &row)
{
    return shown(row, socketText(row.snapshot(), socketOf(row, *firstPeer(row))), ShownOwner::How::Held, moreEnds(row));
}

QString peerNote(const RowRef &row)
{
    constexpr std::size_t most = 20;
    const auto peers = row.snapshot().peersOf(row.socket());
    if (peers.empty())
        return whyNoOtherEnd(row);
    QStringList lines;
    for (std::size_t i = 0; i < peers.size() && i < most; ++i)
        lines += peerText(row, peers[i]);
    if (peers.size() > most)
        lines += tr("and %1 more").arg(peers.size() - most);
    lines += howFound(row, peers.front());
    if (const Socket &peer = socketOf(row, peers.front()); hasSeveralListeners(peer))
        lines += tr("Its process is not certain: %1").arg(severalListeners(peer));
    else if (const auto owner = firstOwner(row); !owner)
        lines += tr("Of the other end: %1").arg(whyNobodyShown(row.snapshot(), peer));
    else if (owner->how == ShownOwner::How::Listener)
        lines += tr("It waits to be accepted; the process is that of its listener.");
    return lines.join(QLatin1Char('\n'));
}

} // namespace socktree::column
