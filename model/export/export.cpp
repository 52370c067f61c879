// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/export.h"

#include "model/export/delimited.h"
#include "model/export/json.h"

namespace socktree {

std::span<const FormatName> formats()
{
    static constexpr FormatName names[] = {{"csv", Format::Csv}, {"tsv", Format::Tsv}, {"json", Format::Json}};
    return names;
}

const char *idOf(Format format)
{
    for (const FormatName &each : formats())
        if (each.format == format)
            return each.id;
    return "";
}

std::optional<Format> formatById(const QByteArray &id)
{
    for (const FormatName &each : formats())
        if (id == each.id)
            return each.format;
    return std::nullopt;
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
