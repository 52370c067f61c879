// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/tables.h"

#include "collector/decode/inet_attributes.h"
#include "collector/decode/netlink_attributes.h"
#include "collector/decode/packet_attributes.h"
#include "collector/decode/smc_attributes.h"
#include "collector/decode/tipc_attributes.h"
#include "collector/decode/unix_attributes.h"
#include "collector/decode/vsock_fields.h"
#include "collector/decode/xdp_attributes.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

// A protocol's own table comes before its family's.
constexpr AttributeTable tables[] = {
    {AF_INET, IPPROTO_TCP, "tcp", table::inetFixedFields, table::tcpAttributes},
    {AF_INET, IPPROTO_MPTCP, "mptcp", table::inetFixedFields, table::mptcpAttributesOfSocket},
    {AF_INET, IPPROTO_UDP, "udp", table::inetFixedFields, table::plainInetAttributes},
    {AF_INET, IPPROTO_UDPLITE, "udplite", table::inetFixedFields, table::plainInetAttributes},
    {AF_INET, IPPROTO_RAW, "raw", table::inetFixedFields, table::plainInetAttributes},
    {AF_INET, IPPROTO_DCCP, "dccp", table::inetFixedFields, table::dccpAttributes},
    {AF_INET, IPPROTO_SCTP, "sctp", table::sctpEndpointFields, table::sctpEndpointAttributes, Record::Endpoint},
    {AF_INET, IPPROTO_SCTP, "sctp-association", table::sctpAssociationFields, table::sctpAssociationAttributes,
        Record::Association},
    {AF_INET, 0, "inet", table::inetFixedFields, table::otherInetAttributes},
    {AF_UNIX, 0, "unix", table::unixFixedFields, table::unixAttributes},
    {AF_PACKET, 0, "packet", table::packetFixedFields, table::packetAttributes},
    {AF_NETLINK, 0, "netlink", table::netlinkFixedFields, table::netlinkAttributes},
    {AF_VSOCK, 0, "vsock", table::vsockFixedFields, {}},
    {AF_XDP, 0, "xdp", table::xdpFixedFields, table::xdpAttributes},
    {AF_SMC, 0, "smc", table::smcFixedFields, table::smcAttributes},
    {AF_TIPC, 0, "tipc", {}, table::tipcAttributes},
};

} // namespace

quint8 tableFamily(quint8 family)
{
    return family == AF_INET6 ? quint8(AF_INET) : family;
}

bool serves(const AttributeTable &table, quint16 protocol)
{
    return table.protocol == protocol || table.protocol == 0;
}

std::span<const AttributeTable> allTables()
{
    return tables;
}

const AttributeTable *tableOf(quint8 family, quint16 protocol, Record record)
{
    for (const AttributeTable &table : tables)
        if (table.family == tableFamily(family) && serves(table, protocol)
            && (table.record == Record::Any || table.record == record))
            return &table;
    return nullptr;
}

std::span<const Attribute> attributesOf(quint8 family, quint16 protocol)
{
    const AttributeTable *table = tableOf(family, protocol, Record::Endpoint);
    return table ? table->attributes : std::span<const Attribute>();
}

std::size_t fixedSizeOf(quint8 family)
{
    switch (tableFamily(family)) {
    case AF_INET: return inetFixedSize;
    case AF_UNIX: return unixFixedSize;
    case AF_PACKET: return packetFixedSize;
    case AF_NETLINK: return netlinkFixedSize;
    case AF_VSOCK: return vsockFixedSize;
    case AF_XDP: return xdpFixedSize;
    case AF_SMC: return smcFixedSize;
    }
    return 0;
}

} // namespace socktree
