// SPDX-License-Identifier: GPL-3.0-or-later
// One line per field of a kernel struct: what details, tooltips, columns, filter, JSON and the reference all read.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/qglobal.h>

#include <initializer_list>
#include <optional>
#include <span>

namespace socktree {

enum class FieldType : quint8 {
    U8,
    U16,
    U32,
    U64,
    S32,
    Be16,
    Be32,
    U64LowHigh, ///< two U32, the low word first on every machine
    // What is no number: see bytesOf.
    Chars,           ///< Field::length bytes of text, up to the first NUL
    HardwareAddress, ///< 32 bytes, of which the U16 before them says how many count
    SocketAddress    ///< struct sockaddr_storage, 128 bytes: see parseSocketAddress
};

enum class Unit : quint8 {
    None,
    Count,
    Octets,
    OctetsPerSecond,
    Packets,
    Microseconds,
    Milliseconds,
    Seconds,
    Shift,
    Identifier,
    Hex
};

/// What may be computed from a field: a gauge stands for itself, a counter gives rates, a setting is an enum, flags or
/// configuration.
enum class Kind : quint8 { Gauge, Counter, Setting };

/// A name for a value (an enumerator), or for a bit or bits (a flag), as ss or the kernel spell it.
struct ValueName {
    quint64 value;
    const char *name;
};

enum class Naming : quint8 { Numbers, Enumerators, Flags };

/// States as a mask of 1 << state; this one is all that a mask can name.
constexpr quint16 everyState = 0xffff;
constexpr quint16 statesOf(std::initializer_list<quint8> states)
{
    quint16 mask = 0;
    for (const quint8 state : states)
        mask = quint16(mask | 1U << state);
    return mask;
}
/// Whether @p mask names the state. States beyond a mask's bits (SMC has some) are in each.
constexpr bool isAmong(quint16 mask, quint8 state)
{
    return state >= 16 || (mask >> state & 1) != 0;
}

/// A value that does not mean its number: "unlimited", "not measured".
struct Sentinel {
    quint64 value;
    bool orMore;                 ///< also every larger value
    const char *text;            ///< what it means, in lower case
    quint16 states = everyState; ///< the states in which it does
};

/// A field of a struct the kernel sends. Offsets are literal, since our headers may be older than the kernel.
struct Field {
    const char *id;   ///< unique in the program, an interface: "tcp.rtt", "mem.rcvbuf", "unix.peer"
    const char *name; ///< the kernel's own name without its struct's prefix: "rtt", "rmem_alloc"
    quint16 offset;   ///< bytes from the start of the struct
    FieldType type;
    Unit unit;
    Kind kind;
    const char *meaning; ///< one line, no full stop
    const char *since;   ///< first kernel version that sends it, "" if always
    quint8 shift = 0;    ///< of a bit field, from the least significant bit
    quint8 width = 0;    ///< of a bit field; 0 = the whole type
    Naming naming = Naming::Numbers;
    std::span<const ValueName> names = {};
    std::span<const Sentinel> sentinels = {};
    const char *until = "";      ///< last kernel version with this layout, "" if it still is
    quint16 states = everyState; ///< in which the field means something; in the others the kernel sends a filler 0
    quint16 length = 0;          ///< bytes, of Chars
    quint16 structSize = 0;      ///< a shorter struct has padding here; 0 = none has
};

/// Bytes that the type takes.
constexpr std::size_t sizeOf(FieldType type)
{
    switch (type) {
    case FieldType::U8: return 1;
    case FieldType::U16:
    case FieldType::Be16: return 2;
    case FieldType::U32:
    case FieldType::S32:
    case FieldType::Be32: return 4;
    case FieldType::U64:
    case FieldType::U64LowHigh: return 8;
    case FieldType::HardwareAddress: return 32;
    case FieldType::SocketAddress: return 128;
    case FieldType::Chars: break;
    }
    return 0; // the field says it
}
constexpr std::size_t sizeOf(const Field &field)
{
    return field.type == FieldType::Chars ? field.length : sizeOf(field.type);
}
/// Whether the field is a number: valueOf reads those, bytesOf the others.
constexpr bool isNumber(FieldType type)
{
    return type < FieldType::Chars;
}

/// The raw value, if the bytes sent are long enough to hold it. S32 is sign-extended to 64 bits.
std::optional<quint64> valueOf(const Field &field, Bytes sent);
/// The bytes that count of a field that is no number, if the bytes sent are long enough to hold it.
std::optional<Bytes> bytesOf(const Field &field, Bytes sent);

/// Whether the field means something for sockets in this state. In the others kernels send 0, which is no value.
constexpr bool appliesIn(const Field &field, quint8 state)
{
    return isAmong(field.states, state);
}

/// The sentinel that @p raw is in this state, or null.
const Sentinel *sentinelOf(const Field &field, quint64 raw, quint8 state);
/// The sentinel that @p raw is in every state, or null.
const Sentinel *sentinelOf(const Field &field, quint64 raw);

} // namespace socktree
