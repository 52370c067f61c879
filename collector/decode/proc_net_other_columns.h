// SPDX-License-Identifier: GPL-3.0-or-later
// The columns of unix, packet, netlink, sctp, Bluetooth, pfkey, phonet and llc.
#pragma once

#include "collector/decode/proc_net_columns.h"
#include "collector/decode/proc_net_inet_columns.h"

namespace socktree::table {

inline constexpr ValueName socketKinds[]
    = {{1, "stream"}, {2, "dgram"}, {3, "raw"}, {4, "rdm"}, {5, "seqpacket"}, {10, "packet"}};
inline constexpr ValueName unixTextFlags[] = {{0x10000, "listening"}};
inline constexpr ValueName unixTextStates[]
    = {{1, "unconnected"}, {2, "connecting"}, {3, "connected"}, {4, "disconnecting"}};
inline constexpr ValueName sctpStyles[] = {{0, "one-to-many"}, {1, "one-to-many-high-bandwidth"}, {2, "one-to-one"}};
inline constexpr ValueName associationStates[] = {
    {0, "CLOSED"},
    {1, "COOKIE-WAIT"},
    {2, "COOKIE-ECHOED"},
    {3, "ESTABLISHED"},
    {4, "SHUTDOWN-PENDING"},
    {5, "SHUTDOWN-SENT"},
    {6, "SHUTDOWN-RECEIVED"},
    {7, "SHUTDOWN-ACK-SENT"},
};
inline constexpr Sentinel noParent[] = {{0, false, "none"}};
inline constexpr Sentinel anyInterface[] = {{0, false, "any"}};
inline constexpr Sentinel theKernel[] = {{0, false, "the kernel's own"}};

/// The flags come before the state in the line, and only they say that it listens. A socket without a file is not yet
/// accepted if it is connected.
inline bool intoUnixState(ProcNetRow &row, quint64 number)
{
    if (!row.state && (number == 2 || number == 3))
        row.state = tcpstate::established;
    else if (!row.state && (number == 1 || number == 4))
        row.state = tcpstate::close;
    return number <= 0xff;
}
inline bool intoUnixFlags(ProcNetRow &row, quint64 number)
{
    if (number & 0x10000)
        row.state = tcpstate::listen;
    return true;
}
/// Of SCTP: one-to-one sockets are SOCK_STREAM, the others SOCK_SEQPACKET.
inline bool intoStyle(ProcNetRow &row, quint64 number)
{
    row.type = number == 2 ? 1 : 5;
    return number <= 2;
}
inline bool intoName(ProcNetRow &row, QByteArrayView text)
{
    row.name = text.toByteArray();
    return true;
}
constexpr ProcNetColumn name(TextField field)
{
    ProcNetColumn made = mayLack(column(TextForm::Rest, field));
    made.setText = intoName;
    return made;
}

// clang-format off
inline constexpr ProcNetColumn unixColumns[] = {
    word({"proc-unix.num", "Num", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    hex({"proc-unix.refcount", "RefCount", Count, Gauge, "references to the socket", ""}),
    hex({"proc-unix.protocol", "Protocol", None, Setting, "always 0", ""}),
    anyOf(unixTextFlags, hex({"proc-unix.flags", "Flags", None, Setting, "whether it listens", ""}, intoUnixFlags)),
    oneOf(socketKinds, hex({"proc-unix.type", "Type", None, Setting, "type of the socket", ""},
        into<&ProcNetRow::type>)),
    oneOf(unixTextStates, hex({"proc-unix.st", "St", None, Setting,
        "state of the socket; connecting: made, but not yet accepted", ""}, intoUnixState)),
    except(noFile, decimal({"proc-unix.inode", "Inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
    name({"proc-unix.path", "Path", None, Setting,
        "path, or @ and an abstract name; newlines come raw and a NUL as @", ""}),
};

inline constexpr ProcNetColumn packetColumns[] = {
    word({"proc-packet.sk", "sk", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    decimal({"proc-packet.refcnt", "RefCnt", Count, Gauge, "references to the socket", ""}),
    oneOf(socketKinds, decimal({"proc-packet.type", "Type", None, Setting, "type of the socket", ""},
        into<&ProcNetRow::type>)),
    hex({"proc-packet.proto", "Proto", Hex, Setting, "ethertype it receives; 3 = all", ""},
        into<&ProcNetRow::protocol>),
    except(anyInterface, decimal({"proc-packet.iface", "Iface", Identifier, Setting, "index of the interface", ""},
        into<&ProcNetRow::interface>)),
    oneOf(yesOrNo, decimal({"proc-packet.running", "R", None, Setting, "it receives", ""})),
    decimal({"proc-packet.rmem", "Rmem", Octets, Gauge, "memory of what is not yet read", ""},
        into<&ProcNetRow::recvQueue>),
    decimal({"proc-packet.user", "User", Identifier, Setting, "user who made the socket", ""}, into<&ProcNetRow::uid>),
    except(noFile, decimal({"proc-packet.inode", "Inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
};

inline constexpr ProcNetColumn netlinkColumns[] = {
    word({"proc-netlink.sk", "sk", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    decimal({"proc-netlink.eth", "Eth", None, Setting, "netlink protocol", ""}, into<&ProcNetRow::protocol>),
    except(theKernel, decimal({"proc-netlink.pid", "Pid", Identifier, Setting,
        "port number: often, but not always, the pid of who made the socket", ""}, into<&ProcNetRow::portId>)),
    hex({"proc-netlink.groups", "Groups", Hex, Setting, "multicast groups it is a member of, the first 32", ""}),
    decimal({"proc-netlink.rmem", "Rmem", Octets, Gauge, "memory of what is not yet read", ""},
        into<&ProcNetRow::recvQueue>),
    decimal({"proc-netlink.wmem", "Wmem", Octets, Gauge, "memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    word({"proc-netlink.dump", "Dump", None, Setting, "a dump is under way", ""}),
    decimal({"proc-netlink.locks", "Locks", Count, Gauge, "references to the socket", ""}),
    decimal({"proc-netlink.drops", "Drops", Packets, Counter, "messages not kept, as the queue was full", "2.6.32"}),
    except(noFile, decimal({"proc-netlink.inode", "Inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", "3.10"}, into<&ProcNetRow::inode>)),
};

inline constexpr ProcNetColumn endpointColumns[] = {
    word({"proc-sctp-ep.endpt", "ENDPT", Hex, Setting, "where the endpoint lies, hashed or zero", ""}),
    word({"proc-sctp-ep.sock", "SOCK", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    oneOf(sctpStyles, decimal({"proc-sctp-ep.sty", "STY", None, Setting, "style of the socket", ""}, intoStyle)),
    oneOf(states, decimal({"proc-sctp-ep.sst", "SST", None, Setting, "state of the socket", ""},
        into<&ProcNetRow::state>)),
    decimal({"proc-sctp-ep.hbkt", "HBKT", None, Setting, "number of its hash bucket", ""}),
    decimal({"proc-sctp-ep.lport", "LPORT", None, Setting, "local port", ""}, into<&ProcNetRow::localPort>),
    withSign({"proc-sctp-ep.uid", "UID", Identifier, Setting, "user who made the socket", ""}, intoUid),
    except(noFile, decimal({"proc-sctp-ep.inode", "INODE", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
    address(TextForm::Addresses, &ProcNetRow::local, {"proc-sctp-ep.laddrs", "LADDRS", None, Setting,
        "local addresses", ""}),
};

inline constexpr ProcNetColumn associationColumns[] = {
    word({"proc-sctp.assoc", "ASSOC", Hex, Setting, "where the association lies, hashed or zero", ""}),
    word({"proc-sctp.sock", "SOCK", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    oneOf(sctpStyles, decimal({"proc-sctp.sty", "STY", None, Setting, "style of the socket", ""}, intoStyle)),
    oneOf(states, decimal({"proc-sctp.sst", "SST", None, Setting, "state of the socket", ""})),
    oneOf(associationStates, decimal({"proc-sctp.st", "ST", None, Setting, "state of the association", ""},
        into<&ProcNetRow::state>)),
    decimal({"proc-sctp.hbkt", "HBKT", None, Setting, "number of its hash bucket, 0 since there is none", ""}),
    withSign({"proc-sctp.assoc-id", "ASSOC-ID", Identifier, Setting, "identifier of the association", ""}),
    decimal({"proc-sctp.tx-queue", "TX_QUEUE", Octets, Gauge, "memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    decimal({"proc-sctp.rx-queue", "RX_QUEUE", Octets, Gauge, "memory of what is not yet read", ""},
        into<&ProcNetRow::recvQueue>),
    withSign({"proc-sctp.uid", "UID", Identifier, Setting, "user who made the socket", ""}, intoUid),
    except(noFile, decimal({"proc-sctp.inode", "INODE", Identifier, Setting,
        "inode of the socket file, which its other associations share", ""}, into<&ProcNetRow::inode>)),
    decimal({"proc-sctp.lport", "LPORT", None, Setting, "local port", ""}, into<&ProcNetRow::localPort>),
    decimal({"proc-sctp.rport", "RPORT", None, Setting, "remote port", ""}, into<&ProcNetRow::remotePort>),
    address(TextForm::Addresses, &ProcNetRow::local, {"proc-sctp.laddrs", "LADDRS", None, Setting,
        "local addresses; * marks the primary one", ""}),
    address(TextForm::Addresses, &ProcNetRow::remote, {"proc-sctp.raddrs", "RADDRS", None, Setting,
        "remote addresses; * marks the primary one", ""}),
    mayLack(decimal({"proc-sctp.hbint", "HBINT", None, Setting,
        "time between heartbeats, in jiffies of the kernel", "2.6.21"})),
    mayLack(decimal({"proc-sctp.ins", "INS", Count, Setting, "streams in", "2.6.21"})),
    mayLack(decimal({"proc-sctp.outs", "OUTS", Count, Setting, "streams out", "2.6.21"})),
    mayLack(decimal({"proc-sctp.maxrt", "MAXRT", Count, Setting, "most retransmissions", "2.6.21"})),
    mayLack(decimal({"proc-sctp.t1x", "T1X", Count, Counter, "retransmissions of the opening", "2.6.21"})),
    mayLack(decimal({"proc-sctp.t2x", "T2X", Count, Counter, "retransmissions of the shutdown", "2.6.21"})),
    mayLack(decimal({"proc-sctp.rtxc", "RTXC", Count, Counter, "data chunks sent again", "2.6.21"})),
    mayLack(decimal({"proc-sctp.wmema", "wmema", Octets, Gauge, "memory of what is under way", "3.16"})),
    mayLack(withSign({"proc-sctp.wmemq", "wmemq", Octets, Gauge, "memory of what is queued", "3.16"})),
    mayLack(withSign({"proc-sctp.sndbuf", "sndbuf", Octets, Setting, "most memory for sending", "3.16"})),
    mayLack(withSign({"proc-sctp.rcvbuf", "rcvbuf", Octets, Setting, "most memory for receiving", "3.16"})),
};

/// Bluetooth and pfkey.
inline constexpr ProcNetColumn plainColumns[] = {
    word({"proc-plain.sk", "sk", Hex, Setting, "where the socket lies, hashed or zero", ""}),
    decimal({"proc-plain.refcnt", "RefCnt", Count, Gauge, "references to the socket", ""}),
    decimal({"proc-plain.rmem", "Rmem", Octets, Gauge, "memory of what is not yet read", ""},
        into<&ProcNetRow::recvQueue>),
    decimal({"proc-plain.wmem", "Wmem", Octets, Gauge, "memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    decimal({"proc-plain.user", "User", Identifier, Setting, "user who made the socket", ""}, into<&ProcNetRow::uid>),
    except(noFile, decimal({"proc-plain.inode", "Inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
};
inline constexpr ProcNetColumn parentColumn[] = {
    mayLack(except(noParent, decimal({"proc-bluetooth.parent", "Parent", Identifier, Setting,
        "inode of the listening socket that it is for", ""}))),
};

inline constexpr ProcNetColumn phonetColumns[] = {
    decimal({"proc-phonet.pt", "pt", None, Setting, "protocol: 1 datagrams, 2 pipes", ""},
        into<&ProcNetRow::protocol>),
    hex({"proc-phonet.loc", "loc", Hex, Setting, "local object: address and port", ""}, into<&ProcNetRow::localPort>),
    hex({"proc-phonet.rem", "rem", Hex, Setting, "remote object: address and port", ""},
        into<&ProcNetRow::remotePort>),
    hex({"proc-phonet.rs", "rs", Hex, Setting, "resource", ""}),
    oneOf(states, hex({"proc-phonet.st", "st", None, Setting, "state of the socket", ""}, into<&ProcNetRow::state>)),
    hex({"proc-phonet.tx-queue", "tx_queue", Octets, Gauge, "memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    hex({"proc-phonet.rx-queue", "rx_queue", Octets, Gauge, "memory of what is not yet read", ""},
        into<&ProcNetRow::recvQueue>),
    withSign({"proc-phonet.uid", "uid", Identifier, Setting, "user who made the socket", ""}, intoUid),
    except(noFile, decimal({"proc-phonet.inode", "inode", Identifier, Setting,
        "inode of the socket file, by which processes hold it", ""}, into<&ProcNetRow::inode>)),
    mayLack(decimal({"proc-phonet.ref", "ref", Count, Gauge, "references to the socket", ""})),
    mayLack(word({"proc-phonet.pointer", "pointer", Hex, Setting, "where the socket lies, hashed or zero", ""})),
    mayLack(decimal({"proc-phonet.drops", "drops", Packets, Counter, "datagrams not kept", ""})),
};

inline constexpr ProcNetColumn llcColumns[] = {
    oneOf(socketKinds, hex({"proc-llc.skt", "SKt", None, Setting, "type of the socket", ""},
        into<&ProcNetRow::type>)),
    hex({"proc-llc.mc", "Mc", None, Setting, "always 0", ""}),
    address(TextForm::Hardware, &ProcNetRow::local, {"proc-llc.local-mac", "local_mac_sap", None, Setting,
        "hardware address of the interface, zeros if it has none", ""}),
    hex({"proc-llc.local-sap", "local_mac_sap", Hex, Setting, "local service access point", ""},
        into<&ProcNetRow::localPort>),
    address(TextForm::Hardware, &ProcNetRow::remote, {"proc-llc.remote-mac", "remote_mac_sap", None, Setting,
        "hardware address of the other end", ""}),
    hex({"proc-llc.remote-sap", "remote_mac_sap", Hex, Setting, "remote service access point", ""},
        into<&ProcNetRow::remotePort>),
    decimal({"proc-llc.tx-queue", "tx_queue", Octets, Gauge, "memory of what is to be sent", ""},
        into<&ProcNetRow::sendQueue>),
    mayLack(withSign({"proc-llc.rx-queue", "rx_queue", Octets, Gauge, "memory of what is not yet read, less what was",
        ""}, into<&ProcNetRow::recvQueue>)),
    oneOf(states, decimal({"proc-llc.st", "st", None, Setting, "state of the socket", ""}, into<&ProcNetRow::state>)),
    withSign({"proc-llc.uid", "uid", Identifier, Setting, "user who made the socket", ""}, intoUid),
    mayLack(decimal({"proc-llc.link", "link", None, Setting, "number of the link", ""})),
};
// clang-format on

} // namespace socktree::table
