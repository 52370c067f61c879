// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_proc_net.h"

#include "collector/decode/sock_proto_name.h"
#include "collector/snapshot/protocol_numbers.h"

#include <algorithm>

namespace socktree {

namespace {

Address addressOf(const ProcNetAddress &told)
{
    Address address;
    if (told.length != 4 && told.length != 16)
        return address;
    address.bytes = told.bytes;
    address.length = told.length;
    return address;
}

/// A path as it is; an abstract name with the NUL that the file writes as '@'. A path that begins with '@' looks the
/// same, and NULs within came as '@', too.
QByteArray nameOf(const QByteArray &told)
{
    return told.startsWith('@') ? '\0' + told.mid(1) : told;
}

template <typename Member, typename T>
void tell(Socket &socket, Told what, Member &member, const std::optional<T> &value)
{
    if (!value)
        return;
    member = static_cast<Member>(*value);
    socket.tell(what);
}

} // namespace

std::optional<ProcNetFile> procNetFileOf(const Scope &scope)
{
    for (int i = 0; i < procNetFiles; ++i)
        if (scope.file == pathOf(static_cast<ProcNetFile>(i)))
            return static_cast<ProcNetFile>(i);
    return std::nullopt;
}

SocketRow readProcNet(const ProcNetRow &line, const Scope &scope)
{
    SocketRow row;
    Socket &socket = row.socket;
    socket.family = line.family ? line.family : scope.family;
    socket.type = line.type.value_or(quint8(0));
    socket.number = static_cast<quint16>(line.protocol.value_or(scope.protocol));
    socket.protocol = protocolOf(socket.family, socket.number, socket.type);
    if (socket.protocol == Protocol::Unknown) {
        socket.protocol = Protocol::Other;
        row.label = sockProtoOf(scope.family, 0, scope.protocol).label;
    }
    socket.local = addressOf(line.local);
    socket.remote = addressOf(line.remote);
    socket.localPort = line.portId ? *line.portId : line.localPort.value_or(quint16(0));
    socket.remotePort = line.remotePort.value_or(quint16(0));
    socket.interface = line.interface.value_or(0u);
    tell(socket, Told::State, socket.state, line.state);
    if (line.recvQueue || line.sendQueue) {
        socket.recvQueue = line.recvQueue.value_or(0u);
        socket.sendQueue = line.sendQueue.value_or(0u);
        socket.tell(line.recvQueue && line.sendQueue ? Told::Queues : Told::RecvQueue);
    }
    if (line.timer) {
        socket.timer = *line.timer;
        socket.expires = static_cast<quint32>(std::min<quint64>(line.expires.value_or(0), 0xffffffffu));
        socket.retrans = static_cast<quint8>(std::min(line.retrans.value_or(0u), 255u));
        socket.tell(Told::Timer);
    }
    tell(socket, Told::Uid, socket.uid, line.uid);
    if (line.inode.value_or(0) != 0)
        tell(socket, Told::Inode, socket.inode, line.inode);
    if (line.name) {
        row.name = nameOf(*line.name);
        socket.tell(Told::Name);
    }
    socket.association = line.file == ProcNetFile::SctpAssociations;
    socket.doubtful = line.forgery == Forgery::Likely;
    return row;
}

} // namespace socktree
