// SPDX-License-Identifier: GPL-3.0-or-later
// The fixed part and every attribute of AF_PACKET messages (struct packet_diag_msg, PACKET_DIAG_*).
#pragma once

#include "collector/decode/memory_fields.h"
#include "collector/decode/packet_message.h"
#include "collector/decode/table.h"

#include <array>
#include <bit>

namespace socktree::table {

inline constexpr ValueName etherTypes[] = {
    {0x0003, "all"},
    {0x0800, "ip"},
    {0x0806, "arp"},
    {0x8100, "vlan"},
    {0x86dd, "ipv6"},
    {0x8863, "pppoe-discovery"},
    {0x8864, "pppoe-session"},
    {0x888e, "eapol"},
    {0x88cc, "lldp"},
};
inline constexpr ValueName ringVersions[] = {{0, "tpacket-v1"}, {1, "tpacket-v2"}, {2, "tpacket-v3"}};
inline constexpr ValueName timestampFlags[] = {
    {0x01, "tx-hardware"},
    {0x02, "tx-software"},
    {0x04, "rx-hardware"},
    {0x08, "rx-software"},
    {0x10, "software"},
    {0x20, "system-hardware"},
    {0x40, "raw-hardware"},
};
inline constexpr ValueName packetFlags[]
    = {{0x01, "running"}, {0x02, "auxdata"}, {0x04, "origdev"}, {0x08, "vnet-hdr"}, {0x10, "loss"}};
inline constexpr ValueName membershipTypes[] = {{0, "multicast"}, {1, "promisc"}, {2, "allmulti"}, {3, "unicast"}};
inline constexpr ValueName fanoutTypes[] = {
    {0, "hash"},
    {1, "lb"},
    {2, "cpu"},
    {3, "rollover"},
    {4, "random"},
    {5, "qm"},
    {6, "cbpf"},
    {7, "ebpf"},
};
inline constexpr Sentinel anyDevice[] = {{0, false, "any"}};

/// Where the halves of a U32 lie that the kernel put together by shifting.
constexpr quint16 lowHalf = std::endian::native == std::endian::little ? 0 : 2;
constexpr quint16 highHalf = 2 - lowHalf;

// clang-format off
/// The cookie is read by parsePacketFixed.
inline constexpr Field packetFixedFields[] = {
    oneOf(socketTypes, {"packet.type", "type", 1, U8, None, Setting, "type of the socket", ""}),
    oneOf(etherTypes, {"packet.num", "num", 2, U16, Hex, Setting, "ethertype that the socket takes", ""}),
    {"packet.inode", "ino", 4, U32, Identifier, Setting, "inode of the socket file, by which processes hold it", ""},
};

inline constexpr Field packetInfoFields[] = {
    except(anyDevice, {"packet.if", "index", 0, U32, Identifier, Setting,
        "index of the interface that the socket is bound to", "3.7"}),
    oneOf(ringVersions, {"packet.version", "version", 4, U32, None, Setting, "layout of the rings", "3.7"}),
    {"packet.reserve", "reserve", 8, U32, Octets, Setting, "room kept before each packet of a ring", "3.7"},
    {"packet.copy-thresh", "copy_thresh", 12, U32, Octets, Setting,
        "size up to which packets are copied whole beside a ring", "3.7"},
    anyOf(timestampFlags, {"packet.tstamp", "tstamp", 16, U32, None, Setting, "where times of packets come from",
        "3.7"}),
    anyOf(packetFlags, {"packet.flags", "flags", 20, U32, None, Setting, "options set on the socket", "3.7"}),
};
inline constexpr Field membershipFields[] = {
    {"packet.mc-if", "index", 0, U32, Identifier, Setting, "index of the interface", "3.7"},
    {"packet.mc-count", "count", 4, U32, Count, Setting, "how often it was asked for", "3.7"},
    oneOf(membershipTypes, {"packet.mc-type", "type", 8, U16, None, Setting, "what the interface is to let in", "3.7"}),
    {"packet.mc-alen", "alen", 10, U16, Octets, Setting, "length of the address", "3.7"},
    {"packet.mc-addr", "addr", 12, HardwareAddress, None, Setting, "hardware address to let in", "3.7"},
};
constexpr std::array<Field, 7> packetRing(std::array<const char *, 7> ids)
{
    return {{
        {ids[0], "block_size", 0, U32, Octets, Setting, "size of a block", "3.7"},
        {ids[1], "block_nr", 4, U32, Count, Setting, "number of blocks", "3.7"},
        {ids[2], "frame_size", 8, U32, Octets, Setting, "size of a frame", "3.7"},
        {ids[3], "frame_nr", 12, U32, Count, Setting, "number of frames", "3.7"},
        {ids[4], "retire_tmo", 16, U32, Milliseconds, Setting,
            "time after which a block is handed over though not full (V3)", "3.7"},
        {ids[5], "sizeof_priv", 20, U32, Octets, Setting, "room for the program in each block (V3)", "3.7"},
        {ids[6], "features", 24, U32, Hex, Setting, "features asked for (V3)", "3.7"},
    }};
}
inline constexpr auto packetRxRing = packetRing({"packet.rx-block-size", "packet.rx-block-nr", "packet.rx-frame-size",
    "packet.rx-frame-nr", "packet.rx-retire-tmo", "packet.rx-sizeof-priv", "packet.rx-features"});
inline constexpr auto packetTxRing = packetRing({"packet.tx-block-size", "packet.tx-block-nr", "packet.tx-frame-size",
    "packet.tx-frame-nr", "packet.tx-retire-tmo", "packet.tx-sizeof-priv", "packet.tx-features"});
inline constexpr Field fanoutFields[] = {
    {"packet.fanout-id", "id", lowHalf, U16, Identifier, Setting, "group of sockets that share the packets", "3.7"},
    oneOf(fanoutTypes, {"packet.fanout-type", "type", highHalf, U16, None, Setting, "how they share them", "3.7"}),
};
inline constexpr Field packetUidField[] = {{"packet.uid", "uid", 0, U32, Identifier, Setting,
    "user who made the socket", "3.10"}};
/// struct sock_filter.
inline constexpr Field filterFields[] = {
    {"packet.filter-code", "code", 0, U16, Hex, Setting, "what the instruction does", "3.10"},
    {"packet.filter-jt", "jt", 2, U8, Count, Setting, "instructions to leave out if true", "3.10"},
    {"packet.filter-jf", "jf", 3, U8, Count, Setting, "instructions to leave out if false", "3.10"},
    {"packet.filter-k", "k", 4, U32, Hex, Setting, "its operand", "3.10"},
};

inline constexpr Attribute packetAttributes[] = {
    record(packetdiag::Info, "packet.info", "PACKET_DIAG_INFO", "how the socket is set up", "3.7", packetInfoFields),
    meaningIfEmpty("none", list(packetdiag::MulticastList, "packet.mclist", "PACKET_DIAG_MCLIST",
        "what the socket makes interfaces let in", "3.7", membershipFields, 44)),
    record(packetdiag::RxRing, "packet.rx-ring", "PACKET_DIAG_RX_RING", "shared memory for packets received", "3.7",
        packetRxRing),
    record(packetdiag::TxRing, "packet.tx-ring", "PACKET_DIAG_TX_RING", "shared memory for packets to send", "3.7",
        packetTxRing),
    record(packetdiag::Fanout, "packet.fanout", "PACKET_DIAG_FANOUT", "sockets that share the packets", "3.7",
        fanoutFields),
    record(packetdiag::Uid, "packet.uid", "PACKET_DIAG_UID", "user who made the socket", "3.10", packetUidField),
    record(packetdiag::MemInfo, "packet.meminfo", "PACKET_DIAG_MEMINFO",
        "memory the socket takes; drops do not count those of a ring", "3.10", memoryFields),
    meaningIfEmpty("withheld", {packetdiag::Filter, "packet.filter", "PACKET_DIAG_FILTER",
        "filter that packets must pass (classic BPF)", "3.10", Privilege::NetAdmin, Payload::Array, filterFields, 8}),
};
// clang-format on

} // namespace socktree::table
