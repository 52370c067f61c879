// SPDX-License-Identifier: GPL-3.0-or-later
// socktree --fields: what every column and kernel field means, written out.
#include "app/command_line.h"

#include "model/export/export.h"
#include "model/reference/reference_writer.h"

#include <algorithm>
#include <cstdio>

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
    const QByteArray message
        = (QLatin1String("socktree: ") + written.error().message + QLatin1Char('\n')).toLocal8Bit();
    std::fwrite(message.constData(), 1, static_cast<std::size_t>(message.size()), stderr);
    return Exit::Failed;
}

} // namespace socktree
