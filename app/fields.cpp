// SPDX-License-Identifier: GPL-3.0-or-later
// socktree --fields: what every column and kernel field means, written out.
#include "app/command_line.h"

#include "model/export/export.h"
#include "model/reference/reference_writer.h"

#include <algorithm>

namespace socktree {

Exit runFields(const CommandLine &line)
{
    const auto all = referenceFormats();
    const auto found = std::find_if(
        all.begin(), all.end(), [&](const ReferenceFormatName &format) { return line.format == format.id; });
    if (found == all.end())
        return Exit::Usage;
    const auto written
        = writeTarget(line.output, [&](const Output &output) { return writeReference(found->format, output); });
    if (written)
        return Exit::Done;
    tell(written.error().message);
    return Exit::Failed;
}

} // namespace socktree
