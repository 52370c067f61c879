// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/end_details.h"

#include "model/other_ends.h"
#include "model/owner_text.h"
#include "model/reason.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

/// Whose it is and what it is; a process that does not hold it itself is marked.
void addSocket(DetailGroup &group, const Snapshot &snapshot, const Socket &socket,
    const std::optional<ShownOwner> &owner, bool inferred)
{
    if (owner) {
        const auto holders = shownHolders(snapshot, socket);
        const QString more = holders.size() < 2 ? QString() : QStringLiteral(" +%1").arg(holders.size() - 1);
        const auto shown = [&](const QString &text) {
            return inferred ? markedInferred(text + more) : markedAs(owner->how, text + more);
        };
        group.lines.push_back(
            {tr("Process"), shown(shownName(*owner->process)), commandLine(*owner->process), "peer.process"});
        group.lines.push_back({tr("PID"), shown(QString::number(owner->process->key.pid)), {}, "peer.pid"});
    } else {
        const QString word = wordFor(whyNoOwner(snapshot, socket));
        group.lines.push_back(
            {tr("Process"), word.isEmpty() ? tr("none") : word, whyNobodyShown(snapshot, socket), "peer.process"});
    }
    const QString text = socketText(snapshot, socket);
    group.lines.push_back({tr("Socket"), inferred ? markedInferred(text) : text, {}, "peer.socket"});
    if (const QString state = stateName(socket); !state.isEmpty())
        group.lines.push_back({tr("State"), state, {}, "peer.state"});
    const Process *holder = owner && owner->how == ShownOwner::How::Held ? owner->process : nullptr;
    if (const auto unit = snapshot.unitOf(socket, holder).unit; !unit.isEmpty())
        group.lines.push_back({tr("Unit"), visible(unit), tr("systemd unit or container"), "peer.unit"});
}

void addPeers(std::vector<DetailGroup> &groups, const RowRef &row)
{
    constexpr std::size_t most = 8;
    const Snapshot &snapshot = row.snapshot();
    const auto peers = snapshot.peersOf(row.socket());
    for (std::size_t i = 0; i < std::min(peers.size(), most); ++i) {
        // A title of its own keeps each group folded or not.
        DetailGroup group{i == 0 ? tr("Other end") : tr("Other end %1").arg(i + 1), {}};
        addSocket(group, snapshot, snapshot.sockets[peers[i].socket], ownerOfPeer(row, peers[i]), peers[i].inferred);
        group.lines.push_back({tr("Found"), howFound(row, peers[i]), {}, "peer.how"});
        if (i + 1 == most && peers.size() > most)
            group.lines.push_back({tr("More"), tr("%1 other ends more").arg(peers.size() - most), {}, "peer.more"});
        groups.push_back(std::move(group));
    }
}

} // namespace

void addEnds(std::vector<DetailGroup> &groups, const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    const Socket &socket = row.socket();
    addPeers(groups, row);
    const auto add = [&](const QString &title, quint32 index, bool inferred) {
        if (index >= snapshot.sockets.size())
            return;
        DetailGroup group{title, {}};
        const Socket &other = snapshot.sockets[index];
        addSocket(group, snapshot, other, shownOwner(snapshot, other, row.under()), inferred);
        groups.push_back(std::move(group));
    };
    add(tr("Waits in the queue of"), socket.listener, true);
    if (hasSeveralListeners(socket)) {
        const bool isGuessed = socket.listener < snapshot.sockets.size();
        if (!isGuessed)
            groups.push_back({tr("Waits in the queue of"), {}});
        groups.back().lines.push_back(
            {tr("Listeners"), tr("one of %1").arg(socket.listeners), severalListeners(socket), "listener-candidates"});
    }
    add(tr("Part of the MPTCP connection"), socket.partOf, false);
}

} // namespace socktree
