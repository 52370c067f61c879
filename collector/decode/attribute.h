// SPDX-License-Identifier: GPL-3.0-or-later
// One line per netlink attribute, and the tree of values that a message's attributes decode to.
#pragma once

#include "collector/decode/bytes.h"
#include "collector/decode/field.h"
#include "collector/decode/tcp_info_layout.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>
#include <span>
#include <vector>

namespace socktree {

enum class Payload : quint8 {
    Struct,  ///< one struct, decoded by fields; length decides which are present
    Array,   ///< structs of elementSize bytes one after another
    BitSet,  ///< bits in words of the kernel's unsigned long, of elementSize bytes at least; bit 0 stands for number 1
    Text,    ///< a string, up to the first NUL
    Name,    ///< an AF_UNIX name: bytes, NULs and all
    Flag,    ///< present means true
    Nest,    ///< attributes of table nest
    Secret,  ///< holds key bytes: shown as "present, hidden" and never more
    Padding, ///< alignment filler, no content
    Opaque   ///< bytes, shown in hex
};

/// What a process needs to be told this attribute.
enum class Privilege : quint8 { None, NetAdmin, Bpf };

struct Attribute {
    quint16 number;
    const char *id;   ///< unique in the program: "tcp.cong", "unix.vfs"; JSON key of attributes that are no struct
    const char *name; ///< the kernel's constant: "INET_DIAG_CONG"
    const char *meaning;
    const char *since;
    Privilege needs;
    Payload payload;
    std::span<const Field> fields = {};
    quint16 elementSize = 0;
    std::span<const Attribute> nest = {};
    quint16 states = everyState; ///< of the sockets that have it; which may lack it all the same
    const char *empty = "";      ///< what it means when it is sent without content, "" if nothing of its own
    quint16 knownSize = 0;       ///< zeros up to here are no unknown tail: padding, or what this protocol leaves out
};
constexpr bool appliesIn(const Attribute &attribute, quint8 state)
{
    return isAmong(attribute.states, state);
}

struct DecodedField {
    const Field *field;
    quint64 raw;         ///< 0 of what is no number; of a BitSet, the number of a bit that is set
    quint32 element = 0; ///< which element of an array
    Bytes bytes = {};    ///< of what is no number: see bytesOf
};

/// One attribute as it was sent. Views point into the message: keep its bytes alive.
struct DecodedAttribute {
    const Attribute *attribute = nullptr; ///< null: no table knows this number
    quint16 number = 0;                   ///< flag bits masked off
    Bytes payload;                        ///< empty of a Secret
    std::vector<DecodedField> fields;
    std::vector<DecodedAttribute> nested;
    QByteArray text;      ///< of Text and Name
    quint32 elements = 0; ///< of Array, BitSet and Secret: how many
    Bytes unknownTail;    ///< what is there beyond the last field or element that is known and whole
};

/// A whole sock_diag message (without its nlmsghdr) decoded: the fixed part's fields, then its attributes in order.
/// Unknown attributes and tails are kept.
struct DecodedMessage {
    std::vector<DecodedField> fixed;
    std::vector<DecodedAttribute> attributes;
    Bytes malformed; ///< bytes at the end that are no whole attribute
};
/// @p family is the one asked for: it counts where messages have no fixed part (AF_TIPC); all others say theirs in the
/// first byte. @p protocol is the one asked for, too: an IP protocol (6, 17 … and 262, MPTCP), else 0.
DecodedMessage decodeMessage(
    quint8 family, quint16 protocol, Bytes message, TcpInfoLayout layout = TcpInfoLayout::Undecided);
/// The same for a message that says its family.
DecodedMessage decodeMessage(quint16 protocol, Bytes message, TcpInfoLayout layout = TcpInfoLayout::Undecided);

/// SCTP answers with two kinds of records that fill different fields and number their states differently.
enum class Record : quint8 { Any, Endpoint, Association };

/// The attributes table for messages of this family and protocol (of SCTP, the endpoints'); empty if the family is not
/// known.
std::span<const Attribute> attributesOf(quint8 family, quint16 protocol);
/// Bytes of the fixed part of this family's messages. AF_TIPC has none.
std::size_t fixedSizeOf(quint8 family);

/// Where a field is found in a message. Made once, used for every row.
struct FieldRef {
    quint8 family = 0; ///< AF_INET stands for AF_INET6, too
    quint16 protocol = 0;
    const Attribute *attribute = nullptr; ///< null: in the fixed part
    const Field *field = nullptr;
    Record record = Record::Any;
    explicit operator bool() const { return field != nullptr; }
};
/// Looks a field up by id in the tables of this family and protocol (AF_INET stands for AF_INET6, too; protocol 0:
/// any); falsy if there is none. Structs that families share have the same ids in each ("mem.rcvbuf"). Nested fields
/// cannot be referred to, nor those of a layout of tcp_info that is not @p layout.
FieldRef fieldById(
    const char *id, quint8 family, quint16 protocol = 0, TcpInfoLayout layout = TcpInfoLayout::Undecided);
/// The field's raw value in this message, or nothing if it was not sent, is no number, or the message is of another
/// family or kind; of an array, the first element's. Walks the attributes; allocates nothing.
std::optional<quint64> valueOf(const FieldRef &ref, Bytes message);
/// The payload of the first top-level attribute with this number. @p message says its family.
std::optional<Bytes> attributePayload(Bytes message, quint16 number);

/// Every table there is, for the reference and for tests that check them.
struct AttributeTable {
    quint8 family;
    quint16 protocol; ///< 0: every protocol of the family that has no table of its own
    const char *name; ///< as ss names it: "tcp", "packet"; "sctp-association"
    std::span<const Field> fixed;
    std::span<const Attribute> attributes;
    Record record = Record::Any;
};
std::span<const AttributeTable> allTables();

} // namespace socktree
