// SPDX-License-Identifier: GPL-3.0-or-later
// The whole reference written out: for a terminal, a spreadsheet or a program.
#pragma once

#include "model/export/export.h"

namespace socktree {

enum class ReferenceFormat : quint8 { Text, Csv, Tsv, Json, Schema };
struct ReferenceFormatName {
    const char *id;
    ReferenceFormat format;
};
/// The first is what is written if nothing else is asked for.
std::span<const ReferenceFormatName> referenceFormats();

/// Text is a table with aligned columns, a line each and never wrapped, of the facts that say how to read a value. JSON
/// is one object, a line of the reference a line. Schema is the JSON Schema of what exportRows writes as JSON.
bool writeReference(ReferenceFormat format, const Output &output);

} // namespace socktree
