// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/export.h"

#include "model/export/delimited.h"
#include "model/export/json.h"

namespace socktree {

std::span<const FormatName> formats()
{
    static constexpr FormatName names[]
        = {{"csv", Format::Csv, "csv"}, {"tsv", Format::Tsv, "tsv"}, {"json", Format::Json, "json"}};
    return names;
}

bool exportRows(
    Format format, const RowList &rows, std::span<const Column *const> shown, const Output &output, Reasons reasons)
{
    switch (format) {
    case Format::Csv:
    case Format::Tsv: return exportDelimited(format, rows, shown, output, reasons);
    case Format::Json: return exportJson(rows, output);
    }
    return false;
}

} // namespace socktree
