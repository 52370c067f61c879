// SPDX-License-Identifier: GPL-3.0-or-later
// Builds sock_diag messages from named pieces, for tests that need a kernel's answer and not its bytes.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/QByteArray>

#include <sys/socket.h>

#include <vector>

namespace socktree::test {

/// A view of the array's bytes: keep the array alive.
inline Bytes viewOf(const QByteArray &array)
{
    return std::as_bytes(std::span(array.constData(), std::size_t(array.size())));
}

/// Host byte order, as netlink has it.
QByteArray u8(quint8 value);
QByteArray u16(quint16 value);
QByteArray u32(quint32 value);
QByteArray u64(quint64 value);
QByteArray u32s(const std::vector<quint32> &values);
/// The text and the NUL that ends it.
QByteArray cString(const char *text);

/// One attribute with header and padding; several of them, added, are a nest's payload.
QByteArray attribute(quint16 number, const QByteArray &payload);

/// A message's payload that grows by attributes: inetMessage({.state = 10}).attribute(4, cString("cubic")).bytes().
class MessageBuilder
{
public:
    explicit MessageBuilder(QByteArray fixed) : m_bytes(std::move(fixed)) { }
    MessageBuilder &attribute(quint16 number, const QByteArray &payload)
    {
        m_bytes += test::attribute(number, payload);
        return *this;
    }
    QByteArray bytes() const { return m_bytes; }
    operator QByteArray() const { return m_bytes; }

private:
    QByteArray m_bytes;
};

/// struct inet_diag_msg.
struct InetPieces {
    quint8 family = AF_INET;
    quint8 state = 1;
    quint8 timer = 0;
    quint8 retrans = 0;
    const char *local = ""; ///< as text, "127.0.0.1" or "::1"; "" is the wildcard
    quint16 localPort = 0;
    const char *remote = "";
    quint16 remotePort = 0;
    quint32 interface = 0;
    quint64 cookie = 0;
    quint32 expires = 0;
    quint32 receiveQueue = 0;
    quint32 sendQueue = 0;
    quint32 uid = 0;
    quint32 inode = 0;
};
MessageBuilder inetMessage(const InetPieces &pieces);

/// struct unix_diag_msg.
struct UnixPieces {
    quint8 type = SOCK_STREAM;
    quint8 state = 1;
    quint32 inode = 0;
    quint64 cookie = 0;
};
MessageBuilder unixMessage(const UnixPieces &pieces);

/// struct packet_diag_msg.
struct PacketPieces {
    quint8 type = SOCK_RAW;
    quint16 protocol = 3;
    quint32 inode = 0;
    quint64 cookie = 0;
};
MessageBuilder packetMessage(const PacketPieces &pieces);

/// struct netlink_diag_msg.
struct NetlinkPieces {
    quint8 type = SOCK_RAW;
    quint8 protocol = 0;
    quint8 state = 7;
    quint32 port = 0;
    quint32 remotePort = 0;
    quint32 remoteGroup = 0;
    quint32 inode = 0;
    quint64 cookie = 0;
};
MessageBuilder netlinkSocketMessage(const NetlinkPieces &pieces);

/// struct vsock_diag_msg.
struct VsockPieces {
    quint8 type = SOCK_STREAM;
    quint8 state = 1;
    quint8 shutdown = 0;
    quint32 localCid = 0;
    quint32 localPort = 0;
    quint32 remoteCid = 0;
    quint32 remotePort = 0;
    quint32 inode = 0;
    quint64 cookie = 0;
};
MessageBuilder vsockMessage(const VsockPieces &pieces);

/// struct xdp_diag_msg.
struct XdpPieces {
    quint32 inode = 0;
    quint64 cookie = 0;
};
MessageBuilder xdpMessage(const XdpPieces &pieces);

/// struct smc_diag_msg.
struct SmcPieces {
    quint8 state = 1;
    quint8 mode = 0;
    quint8 shutdown = 0;
    int addressFamily = AF_INET; ///< of local and remote
    const char *local = "";      ///< as text; "" is the wildcard
    quint16 localPort = 0;
    const char *remote = "";
    quint16 remotePort = 0;
    quint32 interface = 0;
    quint64 cookie = 0;
    quint32 uid = 0;
    quint64 inode = 0;
};
MessageBuilder smcMessage(const SmcPieces &pieces);

/// The nest of an AF_TIPC message, without a connection.
struct TipcPieces {
    quint32 type = SOCK_STREAM;
    quint32 state = 1;
    quint32 node = 0;
    quint32 port = 0;
    quint32 inode = 0;
    quint32 uid = 0;
    quint64 cookie = 0;
};
/// @p more attributes go into the nest, too.
MessageBuilder tipcMessage(const TipcPieces &pieces, const QByteArray &more = {});

/// A struct sockaddr_storage, 128 bytes.
QByteArray socketAddress(int family, const char *address, quint16 port, quint32 scope = 0);

/// A datagram of dump answers (type SOCK_DIAG_BY_FAMILY, flag MULTI), each with its nlmsghdr.
QByteArray datagram(const std::vector<QByteArray> &messages, quint32 sequence, quint32 port);
/// NLMSG_DONE; @p error is 0 or a negative errno. May stand alone or be added to a datagram.
QByteArray done(quint32 sequence, quint32 port, qint32 error = 0);
/// NLMSG_ERROR; @p error is 0 (an acknowledgement) or a negative errno.
QByteArray netlinkError(quint32 sequence, quint32 port, qint32 error);
/// Any message with its nlmsghdr.
QByteArray netlinkMessage(quint16 type, quint16 flags, quint32 sequence, quint32 port, const QByteArray &payload);

} // namespace socktree::test
