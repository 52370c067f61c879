// SPDX-License-Identifier: GPL-3.0-or-later
// One line per netlink attribute, and the tree of values that a message's attributes decode to.
#pragma once

#include "collector/decode/bytes.h"
#include "collector/decode/field.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>
#include <span>
#include <vector>

namespace socktree {

enum class Payload : quint8 {
    Struct,  ///< one struct, decoded by fields; length decides which are present
    Array,   ///< structs of elementSize bytes one after another
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
};

struct DecodedField {
    const Field *field;
    quint64 raw;
    quint32 element = 0; ///< which element of an array
};

/// One attribute as it was sent. Views point into the message: keep its bytes alive.
struct DecodedAttribute {
    const Attribute *attribute = nullptr; ///< null: no table knows this number
    quint16 number = 0;                   ///< flag bits masked off
    Bytes payload;                        ///< empty of a Secret
    std::vector<DecodedField> fields;
    std::vector<DecodedAttribute> nested;
    QByteArray text;      ///< of Text and Name
    quint32 elements = 0; ///< of Array and Secret: how many
    Bytes unknownTail;    ///< what is there beyond the last field or element that is known and whole
};

/// Linux 7.0 laid the last four bytes of tcp_info out anew without changing its length, so the bytes alone cannot say
/// what they mean. Undecided leaves them among the unknown bytes, in hex, and is what you get without asking.
enum class TcpInfoLayout : quint8 {
    Undecided,
    U16Pair,  ///< Linux 6.18 and 6.19
    BitFields ///< Linux 7.0 and later
};
/// The layout of the kernel with this uname release ("6.18.44-amd64"). Undecided for kernels that should not have these
/// bytes at all (then somebody backported them) and for release candidates of 7.0, whose layout changed midway.
TcpInfoLayout tcpInfoLayoutOf(QByteArrayView kernelRelease);

/// A whole sock_diag message (without its nlmsghdr) decoded: the fixed part's fields, then its attributes in order.
/// Unknown attributes and tails are kept. @p message starts with the family byte.
struct DecodedMessage {
    std::vector<DecodedField> fixed;
    std::vector<DecodedAttribute> attributes;
    Bytes malformed; ///< bytes at the end that are no whole attribute
};
/// @p protocol is the IP protocol asked for (6, 17 …), 0 for AF_UNIX.
DecodedMessage decodeMessage(quint8 protocol, Bytes message, TcpInfoLayout layout = TcpInfoLayout::Undecided);

/// The attributes table for messages of this family and protocol; empty if the family is not known.
std::span<const Attribute> attributesOf(quint8 family, quint8 protocol);
/// The fixed part's fields for this family; its size in bytes.
std::span<const Field> fixedFieldsOf(quint8 family);
std::size_t fixedSizeOf(quint8 family);

/// Where a field is found in a message. Made once, used for every row.
struct FieldRef {
    quint8 family = 0; ///< AF_INET stands for AF_INET6, too
    quint8 protocol = 0;
    const Attribute *attribute = nullptr; ///< null: in the fixed part
    const Field *field = nullptr;
    explicit operator bool() const { return field != nullptr; }
};
/// Looks a field up by id in the tables of this family and protocol (AF_INET stands for AF_INET6, too; protocol 0:
/// any); falsy if there is none. Structs that families share have the same ids in each ("mem.rcvbuf"). Nested fields
/// cannot be referred to, nor those of a layout of tcp_info that is not @p layout.
FieldRef fieldById(const char *id, quint8 family, quint8 protocol = 0, TcpInfoLayout layout = TcpInfoLayout::Undecided);
/// The field's raw value in this message, or nothing if it was not sent or the message is of another family; of an
/// array, the first element's. Walks the attributes; allocates nothing.
std::optional<quint64> valueOf(const FieldRef &ref, Bytes message);
/// The payload of the first top-level attribute with this number.
std::optional<Bytes> attributePayload(Bytes message, quint16 number);

/// Every table there is, for the reference and for tests that check them.
struct AttributeTable {
    quint8 family;
    quint8 protocol; ///< 0: every protocol of the family
    std::span<const Field> fixed;
    std::span<const Attribute> attributes;
};
std::span<const AttributeTable> allTables();

} // namespace socktree
