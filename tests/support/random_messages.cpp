// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_messages.h"

#include <QtCore/QtEndian>

#include <sys/socket.h>

#include <cstring>

namespace socktree::test {

namespace {

// Offsets within tcp_info (linux/tcp.h), and its size on a 6.x kernel.
constexpr qsizetype rttAt = 68, ackedAt = 120, receivedAt = 128, sentAt = 200, infoSize = 232;
constexpr quint16 infoNumber = 2;
constexpr qsizetype inetFixed = 72;

template <typename T> void put(QByteArray &bytes, qsizetype offset, T value)
{
    std::memcpy(bytes.data() + offset, &value, sizeof value);
}
template <typename T> QByteArray bytesOf(T value)
{
    QByteArray bytes(sizeof value, '\0');
    put(bytes, 0, value);
    return bytes;
}

void append(QByteArray &message, quint16 number, const QByteArray &payload)
{
    message += bytesOf(static_cast<quint16>(payload.size() + 4)) + bytesOf(number) + payload;
    message += QByteArray((4 - payload.size() % 4) % 4, '\0');
}

QByteArray memory(const Socket &socket)
{
    const quint32 words[9] = {socket.recvQueue, 212992, socket.sendQueue, 212992, 0, 0, 0, 0, 0};
    return QByteArray(reinterpret_cast<const char *>(words), sizeof words);
}

QByteArray tcpInfo(const Socket &socket, const Counters &counters)
{
    QByteArray info(infoSize, '\0');
    info[0] = static_cast<char>(socket.state);
    put(info, rttAt, counters.rtt);
    put(info, ackedAt, counters.sent);
    put(info, receivedAt, counters.received);
    put(info, sentAt, counters.sent);
    return info;
}

QByteArray inetMessage(const Socket &socket, const Counters &counters)
{
    QByteArray message(inetFixed, '\0');
    message[0] = static_cast<char>(socket.family);
    message[1] = static_cast<char>(socket.state);
    message[2] = static_cast<char>(socket.timer);
    message[3] = static_cast<char>(socket.retrans);
    put(message, 4, qToBigEndian(socket.localPort));
    put(message, 6, qToBigEndian(socket.remotePort));
    std::memcpy(message.data() + 8, socket.local.bytes.data(), socket.local.length);
    std::memcpy(message.data() + 24, socket.remote.bytes.data(), socket.remote.length);
    put(message, 40, socket.interface);
    put(message, 44, socket.cookie);
    put(message, 52, socket.expires);
    put(message, 56, socket.recvQueue);
    put(message, 60, socket.sendQueue);
    put(message, 64, socket.uid);
    put(message, 68, socket.inode);
    constexpr quint8 synRecv = 3, timeWait = 6;
    if (socket.has(Told::Mark))
        append(message, 15, bytesOf(socket.mark));
    if (socket.state == synRecv || socket.state == timeWait)
        return message;
    append(message, 8, bytesOf(socket.shutdown));
    append(message, 5, bytesOf(quint8(0)));
    if (socket.has(Told::V6Only))
        append(message, 11, bytesOf(quint8(socket.v6Only)));
    append(message, 7, memory(socket));
    if (socket.protocol == Protocol::Tcp && !socket.boundInactive) {
        append(message, infoNumber, tcpInfo(socket, counters));
        append(message, 4, QByteArray("cubic\0", 6));
    }
    if (socket.has(Told::Cgroup))
        append(message, 21, bytesOf(socket.cgroupId));
    return message;
}

QByteArray unixMessage(const Socket &socket, const QByteArray &name)
{
    QByteArray message(16, '\0');
    message[0] = static_cast<char>(socket.family);
    message[1] = static_cast<char>(socket.type);
    message[2] = static_cast<char>(socket.state);
    put(message, 4, socket.inode);
    put(message, 8, socket.cookie);
    if (socket.has(Told::Name))
        append(message, 0, name.startsWith('\0') ? name : name + '\0');
    if (socket.has(Told::Peer))
        append(message, 2, bytesOf(socket.peerInode));
    append(message, 4, bytesOf(socket.recvQueue) + bytesOf(socket.sendQueue));
    append(message, 5, memory(socket));
    append(message, 6, bytesOf(socket.shutdown));
    if (socket.has(Told::Uid))
        append(message, 7, bytesOf(socket.uid));
    return message;
}

} // namespace

QByteArray messageFor(const Socket &socket, const QByteArray &name, const Counters &counters)
{
    return socket.family == AF_UNIX ? unixMessage(socket, name) : inetMessage(socket, counters);
}

Counters countersOf(Bytes message)
{
    if (message.empty() || message.front() == std::byte{AF_UNIX})
        return {};
    for (std::size_t at = inetFixed; message.size() > at + 4;) {
        const auto length = load<quint16>(message, at), number = load<quint16>(message, at + 2);
        if (number == infoNumber) {
            const Bytes info = message.subspan(at + 4);
            return {*load<quint64>(info, receivedAt), *load<quint64>(info, sentAt), *load<quint32>(info, rttAt)};
        }
        at += (*length + 3u) & ~3u;
    }
    return {};
}

} // namespace socktree::test
