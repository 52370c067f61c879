// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/export.h"

namespace socktree {

std::span<const FormatName> formats()
{
    static constexpr FormatName names[]
        = {{"csv", Format::Csv, "csv"}, {"tsv", Format::Tsv, "tsv"}, {"json", Format::Json, "json"}};
    return names;
}

} // namespace socktree
