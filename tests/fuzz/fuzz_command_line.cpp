// SPDX-License-Identifier: GPL-3.0-or-later
// Arguments, each ended by a NUL as in a process's cmdline.
#include "app/command_line.h"
#include "model/column.h"
#include "model/filter/word_filter.h"
#include "tests/fuzz/fuzz.h"

using namespace socktree;
using namespace socktree::fuzz;

namespace {

using Action = CommandLine::Action;

QByteArrayList written(const CommandLine &line)
{
    QByteArrayList arguments{"socktree", line.action == Action::List ? "--list" : "--fields",
        "--output=" + line.output.toUtf8(), "--format", line.format};
    if (line.action == Action::List)
        arguments << "--filter" << line.filter.toUtf8();
    if (!line.columns.isEmpty())
        arguments << "--columns=" + line.columns.join(',');
    if (line.why)
        arguments << "--why";
    return arguments;
}

void checkWork(const CommandLine &line)
{
    require(!line.output.isEmpty() && !line.format.isEmpty(), "it is known what is written, and where");
    require(parseFilter(line.filter).has_value(), "a filter is one");
    for (const QByteArray &id : line.columns)
        require(columnById(id) != nullptr, "a column is one");
    const CommandLine again = parseCommandLine(written(line));
    require(again.action == line.action && again.format == line.format && again.columns == line.columns
            && again.filter == line.filter && again.output == line.output && again.why == line.why,
        "a command line written anew asks for the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    const QByteArray text = copyOf(Input(data, size).rest());
    QByteArrayList arguments{"socktree"};
    if (!text.isEmpty())
        arguments += text.split('\0');
    const CommandLine line = parseCommandLine(arguments);
    switch (line.action) {
    case Action::List:
    case Action::Fields: checkWork(line); break;
    case Action::Help:
    case Action::Version: require(line.message.endsWith(u'\n'), "something is said"); break;
    case Action::Error:
        require(line.message.startsWith(u"socktree: ") && line.message.endsWith(u'\n'), "what is wrong is said");
        requireOneLine(line.message.chopped(1), "what is wrong is said in one line");
        break;
    case Action::Window: require(line.message.isEmpty(), "a window says nothing"); break;
    }
    return 0;
}
