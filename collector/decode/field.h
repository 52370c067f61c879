// SPDX-License-Identifier: GPL-3.0-or-later
// One line per field of a kernel struct: what details, tooltips, columns, filter, JSON and the reference all read.
#pragma once

#include "collector/decode/bytes.h"

#include <QtCore/qglobal.h>

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
    U64LowHigh ///< two U32, the low word first on every machine
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

/// A value that does not mean its number: "unlimited", "not measured".
struct Sentinel {
    quint64 value;
    bool orMore;      ///< also every larger value
    const char *text; ///< what it means, in lower case
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
    const char *until = ""; ///< last kernel version with this layout, "" if it still is
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
    }
    return 0;
}

/// The raw value, if the bytes sent are long enough to hold it. S32 is sign-extended to 64 bits.
std::optional<quint64> valueOf(const Field &field, Bytes sent);

/// The sentinel that @p raw is, or null.
const Sentinel *sentinelOf(const Field &field, quint64 raw);

} // namespace socktree
