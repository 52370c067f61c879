// SPDX-License-Identifier: GPL-3.0-or-later
// Short words for writing tables of fields, and the names and sentinels that several tables share.
#pragma once

#include "collector/decode/attribute.h"
#include "collector/decode/tcp_state.h"

namespace socktree::table {

using enum FieldType;
using enum Unit;
using enum Kind;

/// The field is @p width bits of its type, from bit @p shift up.
constexpr Field bits(quint8 shift, quint8 width, Field field)
{
    field.shift = shift;
    field.width = width;
    return field;
}
constexpr Field oneOf(std::span<const ValueName> names, Field field)
{
    field.naming = Naming::Enumerators;
    field.names = names;
    return field;
}
constexpr Field anyOf(std::span<const ValueName> names, Field field)
{
    field.naming = Naming::Flags;
    field.names = names;
    return field;
}
constexpr Field except(std::span<const Sentinel> sentinels, Field field)
{
    field.sentinels = sentinels;
    return field;
}
constexpr Field until(const char *version, Field field)
{
    field.until = version;
    return field;
}

constexpr Field in(quint16 states, Field field)
{
    field.states = states;
    return field;
}
/// The field is @p length bytes of text.
constexpr Field text(quint16 length, Field field)
{
    field.length = length;
    return field;
}
/// The field came with the struct's growing to @p size bytes; before, padding lay there.
constexpr Field inStructOf(quint16 size, Field field)
{
    field.structSize = size;
    return field;
}
constexpr Attribute in(quint16 states, Attribute attribute)
{
    attribute.states = states;
    return attribute;
}
constexpr Attribute meaningIfEmpty(const char *meaning, Attribute attribute)
{
    attribute.empty = meaning;
    return attribute;
}
/// Zeros up to @p size are padding or what the protocol does not fill.
constexpr Attribute known(quint16 size, Attribute attribute)
{
    attribute.knownSize = size;
    return attribute;
}

/// An attribute that is one struct. Most need no privilege.
constexpr Attribute record(quint16 number, const char *id, const char *name, const char *meaning, const char *since,
    std::span<const Field> fields, Privilege needs = Privilege::None)
{
    return {number, id, name, meaning, since, needs, Payload::Struct, fields};
}
constexpr Attribute list(quint16 number, const char *id, const char *name, const char *meaning, const char *since,
    std::span<const Field> fields, quint16 elementSize)
{
    return {number, id, name, meaning, since, Privilege::None, Payload::Array, fields, elementSize};
}
constexpr Attribute nest(quint16 number, const char *id, const char *name, const char *meaning, const char *since,
    std::span<const Attribute> attributes)
{
    return {number, id, name, meaning, since, Privilege::None, Payload::Nest, {}, 0, attributes};
}
constexpr Attribute flag(quint16 number, const char *id, const char *name, const char *meaning, const char *since)
{
    return {number, id, name, meaning, since, Privilege::None, Payload::Flag};
}

constexpr quint16 allBut(std::initializer_list<quint8> states)
{
    return quint16(~statesOf(states));
}

inline constexpr ValueName yesOrNo[] = {{0, "no"}, {1, "yes"}};
inline constexpr ValueName shutdownFlags[] = {{1, "receive"}, {2, "send"}};

/// The numbering of most families, spelt as ss does.
inline constexpr ValueName states[] = {
    {tcpstate::established, "ESTAB"},
    {tcpstate::synSent, "SYN-SENT"},
    {tcpstate::synRecv, "SYN-RECV"},
    {tcpstate::finWait1, "FIN-WAIT-1"},
    {tcpstate::finWait2, "FIN-WAIT-2"},
    {tcpstate::timeWait, "TIME-WAIT"},
    {tcpstate::close, "UNCONN"},
    {tcpstate::closeWait, "CLOSE-WAIT"},
    {tcpstate::lastAck, "LAST-ACK"},
    {tcpstate::listen, "LISTEN"},
    {tcpstate::closing, "CLOSING"},
    {tcpstate::newSynRecv, "NEW-SYN-RECV"},
    {tcpstate::boundInactive, "BOUND-INACTIVE"},
};

inline constexpr ValueName socketTypes[]
    = {{1, "stream"}, {2, "dgram"}, {3, "raw"}, {4, "rdm"}, {5, "seqpacket"}, {10, "packet"}};

inline constexpr Sentinel noDevice[] = {{0, false, "none"}};
inline constexpr Sentinel noInode[] = {{0, false, "none"}};
inline constexpr Sentinel notMeasured[] = {{0, false, "not measured"}};

} // namespace socktree::table
