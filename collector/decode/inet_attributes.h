// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of TCP and UDP messages (struct inet_diag_msg, INET_DIAG_*).
#pragma once

#include "collector/decode/congestion_fields.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/memory_fields.h"
#include "collector/decode/table.h"
#include "collector/decode/tcp_info_fields.h"
#include "collector/decode/ulp_attributes.h"

#include <array>

namespace socktree::table {

inline constexpr ValueName internetFamilies[] = {{2, "ipv4"}, {10, "ipv6"}};
inline constexpr ValueName timers[] = {
    {0, "off"},
    {1, "on"},
    {2, "keepalive"},
    {3, "timewait"},
    {4, "persist"},
    {5, "delack"},
};
inline constexpr ValueName ipProtocols[] = {
    {1, "icmp"},
    {6, "tcp"},
    {17, "udp"},
    {58, "icmpv6"},
    {132, "sctp"},
    {136, "udplite"},
    {255, "raw"},
};
inline constexpr Sentinel noDevice[] = {{0, false, "none"}};
inline constexpr Sentinel noInode[] = {{0, false, "none"}};

// clang-format off
/// Addresses and the cookie, which are no single numbers, are read by parseInetFixed.
inline constexpr Field inetFixedFields[] = {
    oneOf(internetFamilies, {"inet.family", "family", 0, U8, None, Setting, "version of the internet protocol", ""}),
    oneOf(states, {"inet.state", "state", 1, U8, None, Setting, "state of the socket", ""}),
    oneOf(timers, {"inet.timer", "timer", 2, U8, None, Setting, "which timer runs", ""}),
    {"inet.retrans", "retrans", 3, U8, Count, Gauge, "attempts or probes without an answer, by what timer runs", ""},
    {"inet.sport", "sport", 4, Be16, Identifier, Setting, "local port", ""},
    {"inet.dport", "dport", 6, Be16, Identifier, Setting, "remote port", ""},
    except(noDevice, {"inet.if", "if", 40, U32, Identifier, Setting,
        "index of the interface that the socket is bound to", ""}),
    {"inet.expires", "expires", 52, U32, Milliseconds, Gauge, "time until the timer fires", ""},
    {"inet.rqueue", "rqueue", 56, U32, None, Gauge,
        "TCP: bytes not yet read; UDP: memory of what is not yet read; listener: connections waiting for accept", ""},
    {"inet.wqueue", "wqueue", 60, U32, None, Gauge,
        "TCP: bytes not yet acknowledged; UDP: memory of what is not yet sent; listener: most that may wait", ""},
    {"inet.uid", "uid", 64, U32, Identifier, Setting,
        "user who made the socket; says nothing where there is no inode", ""},
    except(noInode, {"inet.inode", "inode", 68, U32, Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}),
};

inline constexpr Field tosField[] = {{"inet.tos", "tos", 0, U8, Hex, Setting,
    "type of service of packets sent over IPv4", "3.2"}};
inline constexpr Field trafficClassField[] = {{"inet.tclass", "tclass", 0, U8, Hex, Setting,
    "traffic class of packets sent over IPv6", "3.2"}};
inline constexpr Field inetShutdownField[] = {anyOf(shutdownFlags, {"inet.shutdown", "shutdown", 0, U8, None, Setting,
    "directions that are shut down", "3.8"})};
inline constexpr Field protocolField[] = {oneOf(ipProtocols, {"inet.protocol", "protocol", 0, U8, Identifier, Setting,
    "IP protocol, its lowest eight bits", "4.2"})};
inline constexpr Field v6OnlyField[] = {oneOf(yesOrNo, {"inet.v6only", "v6only", 0, U8, None, Setting,
    "takes IPv6 only, no IPv4 by mapped addresses", "4.2"})};
inline constexpr Field markField[] = {{"inet.mark", "mark", 0, U32, Hex, Setting,
    "mark for routing and firewall (SO_MARK)", "4.9"}};
inline constexpr Field classIdField[] = {{"inet.class-id", "class id / priority", 0, U32, Identifier, Setting,
    "class id of the net_cls cgroup; where that is not set, and always with cgroup v2, the priority (SO_PRIORITY)",
    "4.14"}};
inline constexpr Field cgroupIdField[] = {{"inet.cgroup-id", "cgroup_id", 0, U64, Identifier, Setting,
    "cgroup that the socket was made in; it does not move with the process", "5.8"}};

/// Bits of two bytes. A big-endian machine counts them from the top, which valueOf knows.
constexpr Field socketOption(const char *id, const char *name, quint16 byte, quint8 bit, const char *meaning)
{
    return oneOf(yesOrNo, bits(bit, 1, {id, name, byte, U8, None, Setting, meaning, "5.10"}));
}
inline constexpr Field socketOptionFields[] = {
    socketOption("sockopt.recverr", "recverr", 0, 0, "errors are queued for reading (IP_RECVERR)"),
    socketOption("sockopt.is-icsk", "is_icsk", 0, 1, "a connection-type socket"),
    socketOption("sockopt.freebind", "freebind", 0, 2, "may bind to addresses that are not ours (IP_FREEBIND)"),
    socketOption("sockopt.hdrincl", "hdrincl", 0, 3, "the program writes the IP header (IP_HDRINCL)"),
    socketOption("sockopt.mc-loop", "mc_loop", 0, 4, "own multicast comes back (IP_MULTICAST_LOOP)"),
    socketOption("sockopt.transparent", "transparent", 0, 5, "a transparent proxy's socket (IP_TRANSPARENT)"),
    socketOption("sockopt.mc-all", "mc_all", 0, 6, "takes multicast of every group joined here (IP_MULTICAST_ALL)"),
    socketOption("sockopt.nodefrag", "nodefrag", 0, 7, "fragments are not put together (IP_NODEFRAG)"),
    socketOption("sockopt.bind-address-no-port", "bind_address_no_port", 1, 0,
        "the port is chosen at connect, not at bind (IP_BIND_ADDRESS_NO_PORT)"),
    socketOption("sockopt.recverr-rfc4884", "recverr_rfc4884", 1, 1,
        "errors are queued with their extensions (IP_RECVERR_RFC4884)"),
    socketOption("sockopt.defer-connect", "defer_connect", 1, 2,
        "connect waits for the first data (TCP_FASTOPEN_CONNECT)"),
    bits(3, 5, {"sockopt.unused", "unused", 1, U8, Hex, Setting, "bits without a meaning yet", "5.10"}),
};

inline constexpr Field bpfMapIdField[] = {{"bpf.map-id", "map_id", 0, U32, Identifier, Setting,
    "id of the BPF map", "5.7"}};
inline constexpr Attribute bpfStorageAttributes[] = {
    {1, "bpf.pad", "SK_DIAG_BPF_STORAGE_PAD", "filler for alignment", "5.7", Privilege::Bpf, Payload::Padding},
    {2, "bpf.map-id", "SK_DIAG_BPF_STORAGE_MAP_ID", "id of the BPF map", "5.7", Privilege::Bpf, Payload::Struct,
        bpfMapIdField},
    {3, "bpf.map-value", "SK_DIAG_BPF_STORAGE_MAP_VALUE", "what the map holds for this socket", "5.7",
        Privilege::Bpf, Payload::Opaque},
};
inline constexpr Attribute bpfStoragesAttributes[] = {
    {1, "bpf.storage", "SK_DIAG_BPF_STORAGE", "one BPF map's storage", "5.7", Privilege::Bpf, Payload::Nest, {}, 0,
        bpfStorageAttributes},
};

/// The attributes of every internet protocol; only INFO holds a struct of the protocol's own.
constexpr std::array<Attribute, 22> inetAttributesWith(const Attribute &info)
{
    using enum Payload;
    constexpr auto anyone = Privilege::None;
    return {{
        {inet::MemInfo, "inet.meminfo", "INET_DIAG_MEMINFO", "memory the socket takes, as told before SKMEMINFO",
            "2.6.14", anyone, Struct, oldMemoryFields},
        info,
        {inet::VegasInfo, "inet.vegasinfo", "INET_DIAG_VEGASINFO",
            "congestion control that measures delay: vegas, yeah, illinois, nv or westwood", "2.6.14", anyone, Struct,
            vegasFields},
        {inet::Congestion, "inet.cong", "INET_DIAG_CONG", "name of the congestion control", "2.6.14", anyone, Text},
        {inet::Tos, "inet.tos", "INET_DIAG_TOS", "type of service", "3.2", anyone, Struct, tosField},
        {inet::TrafficClass, "inet.tclass", "INET_DIAG_TCLASS", "traffic class", "3.2", anyone, Struct,
            trafficClassField},
        {inet::SkMemInfo, "inet.skmeminfo", "INET_DIAG_SKMEMINFO", "memory the socket takes", "3.3", anyone, Struct,
            memoryFields},
        {inet::Shutdown, "inet.shutdown", "INET_DIAG_SHUTDOWN", "directions that are shut down", "3.8", anyone, Struct,
            inetShutdownField},
        {inet::DctcpInfo, "inet.dctcpinfo", "INET_DIAG_DCTCPINFO", "congestion control DCTCP", "3.18", anyone, Struct,
            dctcpFields},
        {inet::Protocol, "inet.protocol", "INET_DIAG_PROTOCOL", "IP protocol of a raw socket, or in an event", "4.2",
            anyone, Struct, protocolField},
        {inet::V6Only, "inet.v6only", "INET_DIAG_SKV6ONLY",
            "whether an IPv6 socket takes IPv4, too; only told of listeners and unconnected sockets", "4.2", anyone,
            Struct, v6OnlyField},
        {inet::Locals, "inet.locals", "INET_DIAG_LOCALS", "SCTP: local addresses", "4.7", anyone, Opaque},
        {inet::Peers, "inet.peers", "INET_DIAG_PEERS", "SCTP: addresses of the peer", "4.7", anyone, Opaque},
        {inet::Pad, "inet.pad", "INET_DIAG_PAD", "filler for alignment", "4.7", anyone, Padding},
        {inet::Mark, "inet.mark", "INET_DIAG_MARK", "mark for routing and firewall", "4.9", Privilege::NetAdmin,
            Struct, markField},
        {inet::BbrInfo, "inet.bbrinfo", "INET_DIAG_BBRINFO", "congestion control BBR", "4.9", anyone, Struct,
            bbrFields},
        {inet::ClassId, "inet.class-id", "INET_DIAG_CLASS_ID", "class id or priority for traffic control", "4.14",
            anyone, Struct, classIdField},
        {inet::Md5Signatures, "inet.md5sig", "INET_DIAG_MD5SIG", "keys for signing segments (TCP-MD5)", "4.14",
            Privilege::NetAdmin, Secret, {}, 100},
        {inet::UlpInfo, "inet.ulp", "INET_DIAG_ULP_INFO", "upper layer protocol on this socket", "5.4", anyone, Nest,
            {}, 0, ulpAttributes},
        {inet::BpfStorages, "inet.bpf-storages", "INET_DIAG_SK_BPF_STORAGES", "what BPF programs store here", "5.7",
            Privilege::Bpf, Nest, {}, 0, bpfStoragesAttributes},
        {inet::CgroupId, "inet.cgroup-id", "INET_DIAG_CGROUP_ID", "cgroup that the socket was made in", "5.8", anyone,
            Struct, cgroupIdField},
        {inet::SocketOptions, "inet.sockopt", "INET_DIAG_SOCKOPT", "options set on the socket", "5.10", anyone, Struct,
            socketOptionFields},
    }};
}

inline constexpr auto tcpAttributes = inetAttributesWith({inet::Info, "inet.info", "INET_DIAG_INFO",
    "how the connection is doing (struct tcp_info)", "2.6.14", Privilege::None, Payload::Struct, tcpInfoFields});
inline constexpr auto otherInetAttributes = inetAttributesWith({inet::Info, "inet.info", "INET_DIAG_INFO",
    "what the protocol tells of itself", "2.6.14", Privilege::None, Payload::Opaque});
// clang-format on

} // namespace socktree::table
