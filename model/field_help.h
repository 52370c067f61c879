// SPDX-License-Identifier: GPL-3.0-or-later
// What a line of a kernel table says of itself, in words: the one text of tooltips, details, reference and schema.
#pragma once

#include "collector/decode/attribute.h"
#include "collector/decode/text_field.h"

#include <QtCore/QString>

namespace socktree {

/// Names that are an interface (reference, schema): "bytes per second", empty for Unit::None.
const char *nameOf(Unit unit);
/// "gauge", "counter", "setting".
const char *nameOf(Kind kind);
/// "CAP_NET_ADMIN"; empty if it takes nothing.
const char *nameOf(Privilege privilege);
/// "u32", "be16", "u8, bits 4 to 7".
QString typeText(const Field &field);
/// "struct", "array", "text" …
const char *nameOf(Payload payload);

/// "told with CAP_NET_ADMIN only"; empty if everybody is told.
QString privilegeHelp(Privilege privilege);
/// The states of a mask by name: "LISTEN UNCONN", or where they are most of them "all but LISTEN"; empty if all.
QString statesHelp(quint16 states);
/// Plain text, a fact a line: meaning, the kernel's name for it, unit, since, until, what it takes. @p in is the
/// attribute that holds the field, null for the fixed part.
QString fieldHelp(const Field &field, const Attribute *in);
/// A text's column as a field of 64 bits, for what spells values of fields.
Field fieldOf(const TextField &column);
/// As fieldHelp, of a column of a text.
QString textFieldHelp(const TextField &column);
/// The same of an attribute that is no struct.
QString attributeHelp(const Attribute &attribute);

} // namespace socktree
