// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/shown_owner.h"

#include "collector/decode/tcp_state.h"
#include "model/owners.h"
#include "model/tree_scope.h"

#include <QtCore/QCoreApplication>

namespace socktree {

bool outlivesItsProcess(const Socket &socket)
{
    if (socket.has(Told::Inode) || !socket.has(Told::State))
        return false;
    switch (socket.state) {
    case tcpstate::finWait1:
    case tcpstate::finWait2:
    case tcpstate::timeWait:
    case tcpstate::lastAck:
    case tcpstate::closing: return isInternet(socket.protocol);
    default: return false;
    }
}

const Socket &heldFor(const Snapshot &snapshot, const Socket &socket)
{
    const bool waits = socket.holderCount == 0 && socket.listener < snapshot.sockets.size();
    return waits ? snapshot.sockets[socket.listener] : socket;
}

Why whyNoOwner(const Snapshot &snapshot, const Socket &socket)
{
    const Why why = ownerOf(snapshot, heldFor(snapshot, socket));
    return hasSeveralListeners(socket) && why != Why::Lost ? Why::NotTold : why;
}

std::span<const Holder> shownHolders(const Snapshot &snapshot, const Socket &socket)
{
    return snapshot.holdersOf(heldFor(snapshot, socket));
}

bool hasSeveralListeners(const Socket &socket)
{
    return socket.holderCount == 0 && socket.listeners > 1;
}

const Holder *holderToShow(const Snapshot &snapshot, std::span<const Holder> holders, const TreeScope *under)
{
    if (holders.size() == 1) // as nearly all have
        return &holders.front();
    const Holder *best = nullptr;
    int most = -1;
    for (const Holder &holder : holders) {
        const bool isChosen = under && under->hasProcess(snapshot.processes[holder.process].key);
        const int fits = (isChosen ? 2 : 0) + (holder.isDirect() ? 1 : 0);
        if (fits > most) {
            best = &holder;
            most = fits;
        }
    }
    return best;
}

const Holder *RowRef::holder() const
{
    return holderToShow(snapshot(), snapshot().holdersOf(socket()), m_under);
}

const Process *RowRef::process() const
{
    const Holder *shown = holder();
    return shown ? &snapshot().processes[shown->process] : nullptr;
}

std::optional<ShownOwner> shownOwner(const Snapshot &snapshot, const Socket &socket, const TreeScope *under)
{
    const Holder *holder = holderToShow(snapshot, shownHolders(snapshot, socket), under);
    if (!holder)
        return std::nullopt;
    const auto ofListener = hasSeveralListeners(socket) ? ShownOwner::How::OneOfListeners : ShownOwner::How::Listener;
    return ShownOwner{socket.holderCount ? ShownOwner::How::Held : ofListener, &snapshot.processes[holder->process]};
}

std::optional<ShownOwner> shownOwner(const RowRef &row)
{
    if (const auto owner = shownOwner(row.snapshot(), row.socket(), row.under()))
        return owner;
    const auto &former = row.generation().formerOwners;
    const auto found = former.constFind(row.slot());
    return found == former.cend() ? std::nullopt : std::optional(ShownOwner{ShownOwner::How::Was, &*found});
}

QString markedInferred(const QString &text)
{
    return QStringLiteral("≈ ") + text;
}

QString markedAs(ShownOwner::How how, const QString &text)
{
    switch (how) {
    case ShownOwner::How::Held: break;
    case ShownOwner::How::Listener:
    case ShownOwner::How::OneOfListeners: return markedInferred(text);
    case ShownOwner::How::Was: return QCoreApplication::translate("Column", "was: %1").arg(text);
    }
    return text;
}

} // namespace socktree
