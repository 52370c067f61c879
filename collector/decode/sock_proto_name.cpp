// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/sock_proto_name.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>

namespace socktree {

namespace {

constexpr qint16 anyProtocol = -1;
constexpr quint8 anyType = 0;

struct Line {
    const char *name; ///< of the kernel's struct proto
    quint8 family;
    qint16 protocol;
    quint8 type;
    const char *label;
};

// clang-format off
/// The special case before the rule: the first line that fits is meant.
constexpr Line lines[] = {
    {"RAW", AF_INET, anyProtocol, SOCK_RAW, "raw"},
    {"RAWv6", AF_INET6, anyProtocol, SOCK_RAW, "raw"},
    {"TCP", AF_INET, IPPROTO_TCP, SOCK_STREAM, "tcp"},
    {"TCPv6", AF_INET6, IPPROTO_TCP, SOCK_STREAM, "tcp"},
    {"UDP", AF_INET, IPPROTO_UDP, SOCK_DGRAM, "udp"},
    {"UDPv6", AF_INET6, IPPROTO_UDP, SOCK_DGRAM, "udp"},
    {"UDP-Lite", AF_INET, IPPROTO_UDPLITE, SOCK_DGRAM, "udplite"},
    {"UDPLITEv6", AF_INET6, IPPROTO_UDPLITE, SOCK_DGRAM, "udplite"},
    {"PING", AF_INET, IPPROTO_ICMP, SOCK_DGRAM, "ping"},
    {"PINGv6", AF_INET6, IPPROTO_ICMPV6, SOCK_DGRAM, "ping"},
    {"MPTCP", AF_INET, IPPROTO_MPTCP, SOCK_STREAM, "mptcp"},
    {"MPTCPv6", AF_INET6, IPPROTO_MPTCP, SOCK_STREAM, "mptcp"},
    {"SCTP", AF_INET, IPPROTO_SCTP, anyType, "sctp"},
    {"SCTPv6", AF_INET6, IPPROTO_SCTP, anyType, "sctp"},
    {"DCCP", AF_INET, IPPROTO_DCCP, SOCK_DCCP, "dccp"},
    {"DCCPv6", AF_INET6, IPPROTO_DCCP, SOCK_DCCP, "dccp"},
    {"L2TP/IP", AF_INET, 115, SOCK_DGRAM, "l2tp-ip"},
    {"L2TP/IPv6", AF_INET6, 115, SOCK_DGRAM, "l2tp-ip"},
    {"SMC", AF_SMC, 0, SOCK_STREAM, "smc"},
    {"SMC6", AF_SMC, 1, SOCK_STREAM, "smc"},
    {"UNIX-STREAM", AF_UNIX, anyProtocol, SOCK_STREAM, "unix"},
    {"UNIX", AF_UNIX, anyProtocol, anyType, "unix"},
    {"NETLINK", AF_NETLINK, anyProtocol, anyType, "netlink"},
    {"PACKET", AF_PACKET, anyProtocol, anyType, "packet"},
    {"KEY", AF_KEY, 2, SOCK_RAW, "pfkey"},
    {"AF_VSOCK", AF_VSOCK, anyProtocol, anyType, "vsock"},
    {"XDP", AF_XDP, 0, SOCK_RAW, "xdp"},
    {"TIPC", AF_TIPC, 0, anyType, "tipc"},
    {"ALG", AF_ALG, 0, SOCK_SEQPACKET, "alg"},
    {"QIPCRTR", AF_QIPCRTR, anyProtocol, SOCK_DGRAM, "qipcrtr"},
    {"KCM", AF_KCM, 0, anyType, "kcm"},
    {"RDS", AF_RDS, 0, SOCK_SEQPACKET, "rds"},
    {"MCTP", AF_MCTP, 0, SOCK_DGRAM, "mctp"},
    {"RXRPC", AF_RXRPC, anyProtocol, SOCK_DGRAM, "rxrpc"},
    {"AF_IUCV", AF_IUCV, 0, anyType, "iucv"},
    {"CAN_RAW", AF_CAN, 1, SOCK_RAW, "can-raw"},
    {"CAN_BCM", AF_CAN, 2, SOCK_DGRAM, "can-bcm"},
    {"CAN_ISOTP", AF_CAN, 6, SOCK_DGRAM, "can-isotp"},
    {"CAN_J1939", AF_CAN, 7, SOCK_DGRAM, "can-j1939"},
    {"L2CAP", AF_BLUETOOTH, 0, anyType, "bluetooth-l2cap"},
    {"HCI", AF_BLUETOOTH, 1, SOCK_RAW, "bluetooth-hci"},
    {"SCO", AF_BLUETOOTH, 2, SOCK_SEQPACKET, "bluetooth-sco"},
    {"RFCOMM", AF_BLUETOOTH, 3, anyType, "bluetooth-rfcomm"},
    {"BNEP", AF_BLUETOOTH, 4, SOCK_RAW, "bluetooth-bnep"},
    {"CMTP", AF_BLUETOOTH, 5, SOCK_RAW, "bluetooth-cmtp"},
    {"HIDP", AF_BLUETOOTH, 6, SOCK_RAW, "bluetooth-hidp"},
    {"ISO", AF_BLUETOOTH, 8, SOCK_SEQPACKET, "bluetooth-iso"},
    {"NFC_RAW", AF_NFC, 0, anyType, "nfc-raw"},
    {"NFC_LLCP", AF_NFC, 1, anyType, "nfc-llcp"},
    {"PHONET", AF_PHONET, 1, SOCK_DGRAM, "phonet"},
    {"PNPIPE", AF_PHONET, 2, SOCK_SEQPACKET, "phonet-pipe"},
    {"LLC", AF_LLC, anyProtocol, anyType, "llc"},
    {"PPPOE", AF_PPPOX, 0, SOCK_STREAM, "pppoe"},
    {"PPPOL2TP", AF_PPPOX, 1, anyType, "pppol2tp"},
    {"PPTP", AF_PPPOX, 2, SOCK_STREAM, "pptp"},
    {"IEEE-802.15.4-RAW", AF_IEEE802154, anyProtocol, SOCK_RAW, "ieee802154-raw"},
    {"IEEE-802.15.4-MAC", AF_IEEE802154, anyProtocol, SOCK_DGRAM, "ieee802154"},
    {"PF_CAIF", AF_CAIF, anyProtocol, anyType, "caif"},
    {"misdn", AF_ISDN, anyProtocol, anyType, "isdn"},
};

struct Family {
    quint8 number;
    const char *name;
};
constexpr Family families[] = {
    {AF_UNIX, "unix"}, {AF_INET, "inet"}, {AF_AX25, "ax25"}, {AF_IPX, "ipx"}, {AF_APPLETALK, "appletalk"},
    {AF_NETROM, "netrom"}, {AF_BRIDGE, "bridge"}, {AF_ATMPVC, "atmpvc"}, {AF_X25, "x25"}, {AF_INET6, "inet6"},
    {AF_ROSE, "rose"}, {AF_DECnet, "decnet"}, {AF_KEY, "key"}, {AF_NETLINK, "netlink"}, {AF_PACKET, "packet"},
    {AF_ECONET, "econet"}, {AF_ATMSVC, "atmsvc"}, {AF_RDS, "rds"}, {AF_IRDA, "irda"}, {AF_PPPOX, "pppox"},
    {AF_WANPIPE, "wanpipe"}, {AF_LLC, "llc"}, {AF_IB, "ib"}, {AF_MPLS, "mpls"}, {AF_CAN, "can"}, {AF_TIPC, "tipc"},
    {AF_BLUETOOTH, "bluetooth"}, {AF_IUCV, "iucv"}, {AF_RXRPC, "rxrpc"}, {AF_ISDN, "isdn"}, {AF_PHONET, "phonet"},
    {AF_IEEE802154, "ieee802154"}, {AF_CAIF, "caif"}, {AF_ALG, "alg"}, {AF_NFC, "nfc"}, {AF_VSOCK, "vsock"},
    {AF_KCM, "kcm"}, {AF_QIPCRTR, "qipcrtr"}, {AF_SMC, "smc"}, {AF_XDP, "xdp"}, {AF_MCTP, "mctp"},
};
// clang-format on

/// Words of others in our spelling: no byte of them can do harm where labels are shown or matched.
QByteArray labelOf(QByteArrayView name)
{
    QByteArray label;
    for (const char c : name) {
        const bool isPlain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.';
        const bool isUpper = c >= 'A' && c <= 'Z';
        label.append(isPlain ? c : isUpper ? static_cast<char>(c - 'A' + 'a') : '-');
    }
    return label.isEmpty() ? QByteArrayLiteral("unknown") : label;
}

QByteArray labelOfNumbers(int domain, int protocol)
{
    const char *const family = familyName(domain);
    QByteArray label = family ? QByteArray(family) : "family-" + QByteArray::number(quint32(domain));
    if (protocol != 0)
        label += "-" + QByteArray::number(quint32(protocol));
    return label;
}

} // namespace

SockProto sockProtoOfName(QByteArrayView name)
{
    if (const qsizetype end = name.indexOf('\0'); end >= 0)
        name = name.first(end);
    SockProto proto;
    for (const Line &line : lines) {
        if (name != QByteArrayView(line.name))
            continue;
        proto.family = line.family;
        if (line.protocol != anyProtocol)
            proto.protocol = quint16(line.protocol);
        if (line.type != anyType)
            proto.type = line.type;
        proto.label = line.label;
        return proto;
    }
    proto.label = labelOf(name);
    return proto;
}

SockProto sockProtoOf(int domain, int type, int protocol)
{
    SockProto proto;
    if (domain > 0 && domain <= 0xff)
        proto.family = quint8(domain);
    if (type > 0 && type <= 0xff)
        proto.type = quint8(type);
    if (protocol >= 0 && protocol <= 0xffff)
        proto.protocol = quint16(protocol);
    const auto fits = [&](const Line &line) {
        return line.family == domain && (line.protocol == anyProtocol || line.protocol == protocol)
            && (line.type == anyType || line.type == type);
    };
    const auto line = std::find_if(std::begin(lines), std::end(lines), fits);
    proto.label = line != std::end(lines) ? QByteArray(line->label) : labelOfNumbers(domain, protocol);
    return proto;
}

const char *familyName(int family)
{
    for (const Family &known : families)
        if (known.number == family)
            return known.name;
    return nullptr;
}

} // namespace socktree
