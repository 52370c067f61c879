// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/tables.h"

#include "collector/decode/inet_attributes.h"
#include "collector/decode/unix_attributes.h"

#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

namespace {

// A protocol's own table comes before its family's.
constexpr AttributeTable tables[] = {
    {AF_INET, IPPROTO_TCP, table::inetFixedFields, table::tcpAttributes},
    {AF_INET, 0, table::inetFixedFields, table::otherInetAttributes},
    {AF_UNIX, 0, table::unixFixedFields, table::unixAttributes},
};

} // namespace

quint8 tableFamily(quint8 family)
{
    return family == AF_INET6 ? quint8(AF_INET) : family;
}

bool serves(const AttributeTable &table, quint8 protocol)
{
    return table.protocol == protocol || table.protocol == 0;
}

std::span<const AttributeTable> allTables()
{
    return tables;
}

std::span<const Attribute> attributesOf(quint8 family, quint8 protocol)
{
    for (const AttributeTable &table : tables)
        if (table.family == tableFamily(family) && serves(table, protocol))
            return table.attributes;
    return {};
}

std::span<const Field> fixedFieldsOf(quint8 family)
{
    for (const AttributeTable &table : tables)
        if (table.family == tableFamily(family))
            return table.fixed;
    return {};
}

std::size_t fixedSizeOf(quint8 family)
{
    switch (tableFamily(family)) {
    case AF_INET: return inetFixedSize;
    case AF_UNIX: return unixFixedSize;
    }
    return 0;
}

} // namespace socktree
