// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of the internet protocols' messages (struct inet_diag_msg, INET_DIAG_*).
#pragma once

#include "collector/decode/congestion_fields.h"
#include "collector/decode/dccp_info_fields.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/memory_fields.h"
#include "collector/decode/mptcp_info_fields.h"
#include "collector/decode/sctp_info_fields.h"
#include "collector/decode/states.h"
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
inline constexpr ValueName sctpTimers[] = {{0, "off"}, {4, "t3-rtx"}};
inline constexpr ValueName ipProtocols[] = {
    {1, "icmp"},
    {6, "tcp"},
    {17, "udp"},
    {33, "dccp"},
    {58, "icmpv6"},
    {132, "sctp"},
    {136, "udplite"},
    {255, "raw"},
};

// clang-format off
/// Addresses and the cookie are read by parseInetFixed. Protocols number their states and timers in their own ways.
constexpr std::array<Field, 12> inetFixedWith(
    std::span<const ValueName> stateNames, std::span<const ValueName> timerNames)
{
    return {{
        oneOf(internetFamilies, {"inet.family", "family", 0, U8, None, Setting,
            "version of the internet protocol", ""}),
        oneOf(stateNames, {"inet.state", "state", 1, U8, None, Setting, "state of the socket", ""}),
        oneOf(timerNames, {"inet.timer", "timer", 2, U8, None, Setting, "which timer runs", ""}),
        {"inet.retrans", "retrans", 3, U8, Count, Gauge, "attempts or probes without an answer, by what timer runs",
            ""},
        {"inet.sport", "sport", 4, Be16, Identifier, Setting, "local port; of a raw socket, the IP protocol", ""},
        {"inet.dport", "dport", 6, Be16, Identifier, Setting, "remote port", ""},
        except(noDevice, {"inet.if", "if", 40, U32, Identifier, Setting,
            "index of the interface that the socket is bound to; of an SCTP association, the one packets leave by",
                ""}),
        {"inet.expires", "expires", 52, U32, Milliseconds, Gauge, "time until the timer fires", ""},
        {"inet.rqueue", "rqueue", 56, U32, None, Gauge,
            "TCP: bytes not yet read; others: memory of what is not yet read; listener: connections waiting for accept",
            ""},
        {"inet.wqueue", "wqueue", 60, U32, None, Gauge,
            "TCP: bytes not yet acknowledged; others: memory of what is not yet sent; listener: most that may wait",
                ""},
        {"inet.uid", "uid", 64, U32, Identifier, Setting,
            "user who made the socket; says nothing where there is no inode", ""},
        except(noInode, {"inet.inode", "inode", 68, U32, Identifier, Setting,
            "inode of the socket file, by which processes hold it", ""}),
    }};
}
inline constexpr auto inetFixedFields = inetFixedWith(states, timers);
inline constexpr auto sctpEndpointFields = inetFixedWith(states, sctpTimers);
inline constexpr auto sctpAssociationFields = inetFixedWith(sctpStates, sctpTimers);

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

inline constexpr Field localsField[] = {{"inet.locals", "address", 0, SocketAddress, None, Setting,
    "an address that the socket is bound to", "4.7"}};
inline constexpr Field peersField[] = {{"inet.peers", "address", 0, SocketAddress, None, Setting,
    "an address of the peer", "4.7"}};

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

/// In which states the sockets of a protocol have what not all have; 0 = it never has it.
struct InetStates {
    quint16 whole = everyState;          ///< what takes more than an address pair (TIME_WAIT, SYN_RECV)
    quint16 congestion = everyState;     ///< name of the congestion control
    quint16 congestionInfo = everyState; ///< what that tells of itself
    quint16 upperLayers = everyState;    ///< TCP-MD5 and upper layer protocols
    quint16 v6Only = everyState;
    quint16 locals = everyState;
    quint16 peers = everyState;
};
constexpr quint16 wholeStates = allBut({tcpstate::synRecv, tcpstate::timeWait, tcpstate::newSynRecv});
constexpr quint16 unconnectedStates = statesOf({tcpstate::close, tcpstate::listen});
inline constexpr InetStates tcpStates{
    wholeStates, wholeStates, statesOf({tcpstate::established, tcpstate::synSent, tcpstate::synRecv,
    tcpstate::finWait1, tcpstate::finWait2}), wholeStates, unconnectedStates, 0, 0};
inline constexpr InetStates dccpStates{wholeStates, 0, 0, 0, unconnectedStates, 0, 0};
inline constexpr InetStates plainStates{everyState, 0, 0, 0, unconnectedStates, 0, 0};
inline constexpr InetStates sctpEndpointStates{everyState, everyState, 0, 0, unconnectedStates, everyState, 0};
inline constexpr InetStates sctpAssociationStates{everyState, everyState, 0, 0, everyState, everyState, everyState};

/// The attributes of every internet protocol; only INFO holds a struct of the protocol's own.
constexpr std::array<Attribute, 22> inetAttributesWith(const InetStates &has, const Attribute &info)
{
    using enum Payload;
    constexpr auto anyone = Privilege::None;
    return {{
        in(has.whole, {inet::MemInfo, "inet.meminfo", "INET_DIAG_MEMINFO",
            "memory the socket takes, as told before SKMEMINFO",
            "2.6.14", anyone, Struct, oldMemoryFields}),
        info,
        in(has.congestionInfo, {inet::VegasInfo, "inet.vegasinfo", "INET_DIAG_VEGASINFO",
            "congestion control that measures delay: vegas, yeah, illinois, nv or westwood", "2.6.14", anyone, Struct,
            vegasFields}),
        in(has.congestion, {inet::Congestion, "inet.cong", "INET_DIAG_CONG", "name of the congestion control",
            "2.6.14", anyone, Text}),
        in(has.whole, {inet::Tos, "inet.tos", "INET_DIAG_TOS", "type of service", "3.2", anyone, Struct, tosField}),
        in(has.whole, {inet::TrafficClass, "inet.tclass", "INET_DIAG_TCLASS", "traffic class", "3.2", anyone, Struct,
            trafficClassField}),
        in(has.whole, {inet::SkMemInfo, "inet.skmeminfo", "INET_DIAG_SKMEMINFO", "memory the socket takes", "3.3",
            anyone, Struct,
            memoryFields}),
        in(has.whole, {inet::Shutdown, "inet.shutdown", "INET_DIAG_SHUTDOWN", "directions that are shut down", "3.8",
            anyone, Struct,
            inetShutdownField}),
        in(has.congestionInfo, {inet::DctcpInfo, "inet.dctcpinfo", "INET_DIAG_DCTCPINFO", "congestion control DCTCP",
            "3.18", anyone, Struct,
            dctcpFields}),
        {inet::Protocol, "inet.protocol", "INET_DIAG_PROTOCOL", "IP protocol of a raw socket, or in an event", "4.2",
            anyone, Struct, protocolField},
        in(has.v6Only, {inet::V6Only, "inet.v6only", "INET_DIAG_SKV6ONLY",
            "whether an IPv6 socket takes IPv4, too; only told of listeners and unconnected sockets", "4.2", anyone,
            Struct, v6OnlyField}),
        in(has.locals, {inet::Locals, "inet.locals", "INET_DIAG_LOCALS", "SCTP: local addresses", "4.7", anyone, Array,
            localsField, 128}),
        in(has.peers, {inet::Peers, "inet.peers", "INET_DIAG_PEERS", "SCTP: addresses of the peer", "4.7", anyone,
            Array,
            peersField, 128}),
        {inet::Pad, "inet.pad", "INET_DIAG_PAD", "filler for alignment", "4.7", anyone, Padding},
        {inet::Mark, "inet.mark", "INET_DIAG_MARK", "mark for routing and firewall", "4.9", Privilege::NetAdmin,
            Struct, markField},
        in(has.congestionInfo, {inet::BbrInfo, "inet.bbrinfo", "INET_DIAG_BBRINFO", "congestion control BBR", "4.9",
            anyone, Struct,
            bbrFields}),
        in(has.whole, {inet::ClassId, "inet.class-id", "INET_DIAG_CLASS_ID",
            "class id or priority for traffic control", "4.14",
            anyone, Struct, classIdField}),
        in(has.upperLayers, {inet::Md5Signatures, "inet.md5sig", "INET_DIAG_MD5SIG",
            "keys for signing segments (TCP-MD5)", "4.14",
            Privilege::NetAdmin, Secret, {}, 100}),
        in(has.upperLayers, {inet::UlpInfo, "inet.ulp", "INET_DIAG_ULP_INFO", "upper layer protocol on this socket",
            "5.4", anyone, Nest,
            {}, 0, ulpAttributes}),
        in(has.whole, {inet::BpfStorages, "inet.bpf-storages", "INET_DIAG_SK_BPF_STORAGES",
            "what BPF programs store here", "5.7",
            Privilege::Bpf, Nest, {}, 0, bpfStoragesAttributes}),
        in(has.whole, {inet::CgroupId, "inet.cgroup-id", "INET_DIAG_CGROUP_ID", "cgroup that the socket was made in",
            "5.8", anyone,
            Struct, cgroupIdField}),
        in(has.whole, {inet::SocketOptions, "inet.sockopt", "INET_DIAG_SOCKOPT", "options set on the socket", "5.10",
            anyone, Struct,
            socketOptionFields}),
    }};
}

constexpr Attribute inetInfo(const char *meaning, const char *since, std::span<const Field> fields,
    quint16 knownSize = 0)
{
    return known(knownSize, record(inet::Info, "inet.info", "INET_DIAG_INFO", meaning, since, fields));
}
inline constexpr Attribute noInfo{inet::Info, "inet.info", "INET_DIAG_INFO",
    "what the protocol tells of itself; UDP, UDP-Lite and raw sockets tell nothing", "2.6.14", Privilege::None,
    Payload::Opaque};

inline constexpr auto tcpAttributes = inetAttributesWith(tcpStates,
    in(allBut({tcpstate::synRecv, tcpstate::timeWait, tcpstate::close, tcpstate::newSynRecv}),
    inetInfo("how the connection is doing (struct tcp_info)", "2.6.14", tcpInfoFields)));
inline constexpr auto mptcpAttributesOfSocket = inetAttributesWith(plainStates,
    inetInfo("how the connection is doing (struct mptcp_info)", "5.9", mptcpInfoFields, mptcpInfoSize));
inline constexpr auto dccpAttributes = inetAttributesWith(dccpStates, in(wholeStates,
    inetInfo("how the connection is doing, in the layout of tcp_info", "2.6.14", dccpInfoFields, dccpInfoSize)));
inline constexpr auto sctpEndpointAttributes = inetAttributesWith(sctpEndpointStates,
    inetInfo("how the endpoint is set up (struct sctp_info)", "4.7", sctpEndpointInfoFields, sctpInfoSize));
inline constexpr auto sctpAssociationAttributes = inetAttributesWith(sctpAssociationStates,
    inetInfo("how the association is doing (struct sctp_info)", "4.7", sctpAssociationInfoFields, sctpInfoSize));
inline constexpr auto plainInetAttributes = inetAttributesWith(plainStates, in(0, noInfo));
inline constexpr auto otherInetAttributes = inetAttributesWith({}, noInfo);
// clang-format on

} // namespace socktree::table
