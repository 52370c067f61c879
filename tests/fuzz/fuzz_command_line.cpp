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

/// With values as words of their own, or after an equals sign.
class Writer
{
public:
    explicit Writer(bool apart) : m_apart(apart) { }
    Writer &add(const QByteArray &option)
    {
        m_arguments << option;
        return *this;
    }
    Writer &add(const QByteArray &option, const QByteArray &value)
    {
        if (m_apart)
            m_arguments << option << value;
        else
            m_arguments << option + '=' + value;
        return *this;
    }
    const QByteArrayList &arguments() const { return m_arguments; }

private:
    bool m_apart;
    QByteArrayList m_arguments{"socktree"};
};

QByteArrayList written(const CommandLine &line, bool apart)
{
    Writer writer(apart);
    if (line.action == Action::Record)
        writer.add("--record", line.recordFile.toUtf8());
    else
        writer.add(line.action == Action::List ? "--list" : "--fields");
    if (line.redact)
        writer.add("--redact");
    if (line.action == Action::Record)
        return writer.arguments();
    writer.add("--output", line.output.toUtf8()).add("--format", line.format);
    if (line.action == Action::List)
        writer.add("--filter", line.filter.toUtf8());
    if (!line.openFile.isEmpty())
        writer.add("--open", line.openFile.toUtf8());
    if (!line.columns.isEmpty())
        writer.add("--columns", line.columns.join(','));
    if (line.why)
        writer.add("--why");
    return writer.arguments();
}

void checkWork(const CommandLine &line)
{
    require(!line.output.isEmpty() && !line.format.isEmpty(), "it is known what is written, and where");
    require((line.action == Action::Record) == !line.recordFile.isEmpty(), "what is recorded goes somewhere");
    require(parseFilter(line.filter).has_value(), "a filter is one");
    for (const QByteArray &id : line.columns)
        require(columnById(id) != nullptr, "a column is one");
    for (const bool apart : {true, false}) {
        const CommandLine again = parseCommandLine(written(line, apart));
        require(again.action == line.action && again.format == line.format && again.columns == line.columns
                && again.filter == line.filter && again.output == line.output && again.why == line.why
                && again.openFile == line.openFile && again.recordFile == line.recordFile
                && again.redact == line.redact,
            "a command line written anew asks for the same");
    }
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
    case Action::Fields:
    case Action::Record:
        checkWork(line);
        require(parseCommandLine(arguments << "-reverse").action == Action::Error, "what Qt takes is for a window");
        break;
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
