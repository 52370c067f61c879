// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/snapshot.h"

#include "collector/decode/units.h"

#include <algorithm>

namespace socktree {

static quint64 endsOf(const Socket &socket)
{
    return qHashMulti(0, qHashRange(socket.local.bytes.begin(), socket.local.bytes.end()),
        qHashRange(socket.remote.bytes.begin(), socket.remote.bytes.end()), socket.localPort, socket.remotePort);
}

SocketKey Snapshot::keyOf(const Socket &socket) const
{
    SocketKey key;
    key.cookie = socket.cookie;
    if (socket.association)
        key.ends = endsOf(socket);
    if (socket.cookie != 0)
        return key;
    key.inode = socket.inode;
    if (socket.dump < dumps.size()) {
        const Scope &scope = dumps[socket.dump].scope;
        key.netns = scope.netns;
        key.family = socket.family;
        key.protocol = scope.protocol;
        if (socket.inode == 0)
            key.ends = endsOf(socket);
    }
    return key;
}

static Bytes kept(const Snapshot &snapshot, const Socket &socket)
{
    if (socket.chunk >= snapshot.chunks.size())
        return {};
    return std::as_bytes(std::span(snapshot.chunks[socket.chunk])).subspan(socket.offset, socket.length);
}

Bytes Snapshot::message(const Socket &socket) const
{
    return sourceOf(socket) == Source::SockDiag ? kept(*this, socket) : Bytes();
}

Bytes Snapshot::line(const Socket &socket) const
{
    return sourceOf(socket) == Source::ProcNet ? kept(*this, socket) : Bytes();
}

Source Snapshot::sourceOf(const Socket &socket) const
{
    if (socket.dump >= dumps.size())
        return Source::Descriptor;
    return dumps[socket.dump].scope.file.isEmpty() ? Source::SockDiag : Source::ProcNet;
}

std::span<const Holder> Snapshot::holdersOf(const Socket &socket) const
{
    return std::span(holders).subspan(socket.firstHolder, socket.holderCount);
}

std::span<const Peer> Snapshot::peersOf(const Socket &socket) const
{
    return std::span(peers).subspan(socket.firstPeer, socket.peerCount);
}

quint16 Snapshot::placeOfNamespace(quint64 id) const
{
    const auto found
        = std::find_if(namespaces.begin(), namespaces.end(), [&](const NetNamespace &one) { return one.id == id; });
    return found == namespaces.end() ? noShortIndex : static_cast<quint16>(found - namespaces.begin());
}

quint16 placeOfLabel(std::vector<QByteArray> &labels, const QByteArray &label)
{
    constexpr std::size_t most = 1024;
    const auto known = std::find(labels.begin(), labels.end(), label);
    const auto place = static_cast<quint16>(known - labels.begin());
    if (known != labels.end())
        return place;
    if (labels.size() >= most)
        return noShortIndex;
    labels.push_back(label);
    return place;
}

const NetNamespace *Snapshot::namespaceOf(const Socket &socket) const
{
    return socket.netns < namespaces.size() ? &namespaces[socket.netns] : nullptr;
}

QByteArray Snapshot::interfaceOf(const Socket &socket) const
{
    const NetNamespace *const netns = namespaceOf(socket);
    return interfaces.value({netns ? netns->id : 0, socket.interface});
}

QByteArray Snapshot::protocolOf(const Socket &socket) const
{
    return socket.label < labels.size() ? labels[socket.label] : QByteArray(socktree::nameOf(socket.protocol));
}

QByteArray Snapshot::nameOf(const Socket &socket) const
{
    return socket.name < names.size() ? names[socket.name] : QByteArray();
}

Snapshot::UnitOf Snapshot::unitOf(const Socket &socket, const Process *holder) const
{
    if (holder)
        return {holder->unit, false};
    if (const auto path = cgroupOf(socket))
        return {unitOfCgroup(*path), true};
    return {};
}

std::optional<QByteArray> Snapshot::cgroupOf(const Socket &socket) const
{
    if (!socket.has(Told::Cgroup))
        return std::nullopt;
    const auto found = cgroups.constFind(socket.cgroupId);
    return found == cgroups.cend() ? std::nullopt : std::optional(*found);
}

const Process *Snapshot::findProcess(qint32 pid) const
{
    const auto found = std::lower_bound(
        processes.begin(), processes.end(), pid, [](const Process &p, qint32 wanted) { return p.key.pid < wanted; });
    return found != processes.end() && found->key.pid == pid ? &*found : nullptr;
}

} // namespace socktree
