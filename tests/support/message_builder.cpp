// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/message_builder.h"

#include <arpa/inet.h>
#include <linux/netlink.h>
#include <linux/sock_diag.h>

#include <QtCore/QtEndian>

namespace socktree::test {

namespace {

template <typename T> QByteArray raw(T value)
{
    return QByteArray(reinterpret_cast<const char *>(&value), sizeof value);
}

QByteArray padded(QByteArray bytes)
{
    while (bytes.size() % 4 != 0)
        bytes.append('\0');
    return bytes;
}

QByteArray address(int family, const char *text)
{
    QByteArray bytes(16, '\0');
    if (*text != '\0' && inet_pton(family, text, bytes.data()) != 1)
        qFatal("message_builder: %s is no address of family %d", text, family);
    return bytes;
}

QByteArray cookieWords(quint64 cookie)
{
    return u32(quint32(cookie)) + u32(quint32(cookie >> 32));
}

} // namespace

QByteArray u8(quint8 value)
{
    return raw(value);
}
QByteArray u16(quint16 value)
{
    return raw(value);
}
QByteArray u32(quint32 value)
{
    return raw(value);
}
QByteArray u64(quint64 value)
{
    return raw(value);
}
QByteArray u32s(const std::vector<quint32> &values)
{
    QByteArray bytes;
    for (const quint32 value : values)
        bytes += u32(value);
    return bytes;
}
QByteArray cString(const char *text)
{
    return QByteArray(text) + '\0';
}

QByteArray attribute(quint16 number, const QByteArray &payload)
{
    return padded(u16(quint16(4 + payload.size())) + u16(number) + payload);
}

MessageBuilder inetMessage(const InetPieces &p)
{
    return MessageBuilder(u8(p.family) + u8(p.state) + u8(p.timer) + u8(p.retrans) + u16(qToBigEndian(p.localPort))
        + u16(qToBigEndian(p.remotePort)) + address(p.family, p.local) + address(p.family, p.remote) + u32(p.interface)
        + cookieWords(p.cookie) + u32(p.expires) + u32(p.receiveQueue) + u32(p.sendQueue) + u32(p.uid) + u32(p.inode));
}

MessageBuilder unixMessage(const UnixPieces &p)
{
    return MessageBuilder(u8(AF_UNIX) + u8(p.type) + u8(p.state) + u8(0) + u32(p.inode) + cookieWords(p.cookie));
}

MessageBuilder packetMessage(const PacketPieces &p)
{
    return MessageBuilder(u8(AF_PACKET) + u8(p.type) + u16(p.protocol) + u32(p.inode) + cookieWords(p.cookie));
}

MessageBuilder netlinkSocketMessage(const NetlinkPieces &p)
{
    return MessageBuilder(u8(AF_NETLINK) + u8(p.type) + u8(p.protocol) + u8(p.state) + u32(p.port) + u32(p.remotePort)
        + u32(p.remoteGroup) + u32(p.inode) + cookieWords(p.cookie));
}

MessageBuilder vsockMessage(const VsockPieces &p)
{
    return MessageBuilder(u8(AF_VSOCK) + u8(p.type) + u8(p.state) + u8(p.shutdown) + u32(p.localCid) + u32(p.localPort)
        + u32(p.remoteCid) + u32(p.remotePort) + u32(p.inode) + cookieWords(p.cookie));
}

MessageBuilder xdpMessage(const XdpPieces &p)
{
    return MessageBuilder(u8(AF_XDP) + u8(SOCK_RAW) + u16(0) + u32(p.inode) + cookieWords(p.cookie));
}

MessageBuilder smcMessage(const SmcPieces &p)
{
    return MessageBuilder(u8(AF_SMC) + u8(p.state) + u8(p.mode) + u8(p.shutdown) + u16(qToBigEndian(p.localPort))
        + u16(qToBigEndian(p.remotePort)) + address(p.addressFamily, p.local) + address(p.addressFamily, p.remote)
        + u32(p.interface) + cookieWords(p.cookie) + u32(p.uid) + u64(p.inode));
}

MessageBuilder tipcMessage(const TipcPieces &p, const QByteArray &more)
{
    return MessageBuilder(attribute(2,
        attribute(1, u32(p.node)) + attribute(2, u32(p.port)) + attribute(6, u32(p.type)) + attribute(7, u32(p.inode))
            + attribute(8, u32(p.uid)) + attribute(9, u32(p.state)) + attribute(10, u64(p.cookie)) + more));
}

QByteArray socketAddress(int family, const char *text, quint16 port, quint32 scope)
{
    QByteArray bytes = u16(quint16(family)) + u16(qToBigEndian(port));
    if (family == AF_INET6)
        bytes += u32(0) + address(family, text) + u32(scope);
    else
        bytes += address(family, text).first(4);
    return bytes.leftJustified(128, '\0');
}

QByteArray netlinkMessage(quint16 type, quint16 flags, quint32 sequence, quint32 port, const QByteArray &payload)
{
    return padded(u32(quint32(16 + payload.size())) + u16(type) + u16(flags) + u32(sequence) + u32(port) + payload);
}

QByteArray datagram(const std::vector<QByteArray> &messages, quint32 sequence, quint32 port)
{
    QByteArray bytes;
    for (const QByteArray &message : messages)
        bytes += netlinkMessage(SOCK_DIAG_BY_FAMILY, NLM_F_MULTI, sequence, port, message);
    return bytes;
}

QByteArray done(quint32 sequence, quint32 port, qint32 error)
{
    return netlinkMessage(NLMSG_DONE, NLM_F_MULTI, sequence, port, raw(error));
}

QByteArray netlinkError(quint32 sequence, quint32 port, qint32 error)
{
    // The header of the request follows the number; the kernel sends it back, nobody reads it.
    return netlinkMessage(NLMSG_ERROR, 0, sequence, port, raw(error) + QByteArray(16, '\0'));
}

} // namespace socktree::test
