// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "collector/capture/redacting_sink.h"
#include "model/column.h"
#include "model/export/export.h"
#include "model/filter/word_filter.h"
#include "model/reference/reference_writer.h"
#include "model/text.h"

#include <algorithm>
#include <vector>

namespace socktree {

namespace {

/// What an option means something with.
enum class With : quint8 { Anything, List, ListOrFields };

struct Option {
    const char *name;
    const char *value; ///< what its value is called in the help; null: takes none
    With with;
    const char *help;
};

constexpr Option options[] = {
    {"list", nullptr, With::Anything, "write the sockets and leave; needs no display"},
    {"fields", nullptr, With::Anything, "write what every column and kernel field means, and leave"},
    {"format", "FORMAT", With::ListOrFields,
        "csv (default), tsv or json; json has all there is, whatever the columns; of --fields text (default), csv, "
        "tsv, json or schema"},
    {"columns", "IDS", With::List,
        "columns separated by commas, or 'all' alone; default: those the window shows first"},
    {"why", nullptr, With::List, "after each column of csv or tsv, one with the reason why its cell is empty"},
    {"filter", "TEXT", With::List, "only sockets that match, as in the window's filter box"},
    {"output", "FILE", With::ListOrFields,
        "write there; a regular file is replaced whole or not at all; '-' is standard output"},
    {"open", "FILE", With::Anything,
        "show a capture, of --record or of ss -D, and not this system; '-' is standard input"},
    {"record", "FILE", With::Anything, "capture everything there is to know into FILE, for --open, and leave"},
    {"redact", nullptr, With::Anything,
        "with --record: leave out command lines, replace addresses and names of sockets; what else, see below"},
    {"help", nullptr, With::Anything, "say this"},
    {"version", nullptr, With::Anything, "say which version this is"},
};

/// Options that QApplication takes for itself, with one dash or two. A list has no use for them and refuses them.
struct QtOption {
    const char *name;
    bool hasValue;
};
constexpr QtOption qtOptions[] = {{"display", true}, {"geometry", true}, {"icon", true}, {"platform", true},
    {"platformpluginpath", true}, {"platformtheme", true}, {"plugin", true}, {"qwindowgeometry", true},
    {"qwindowicon", true}, {"qwindowtitle", true}, {"reverse", false}, {"session", true}, {"style", true},
    {"stylesheet", true}, {"title", true}, {"widgetcount", false}};

QString quoted(const QByteArray &text)
{
    return QLatin1Char('\'') + visible(text) + QLatin1Char('\'');
}

QString quoted(const QString &text)
{
    return quoted(text.toUtf8());
}

QStringList formatIds(CommandLine::Action action)
{
    QStringList ids;
    if (action == CommandLine::Action::Fields)
        for (const ReferenceFormatName &format : referenceFormats())
            ids += QLatin1String(format.id);
    else
        for (const FormatName &format : formats())
            ids += QLatin1String(format.id);
    return ids;
}

QString columnIds()
{
    QStringList ids;
    for (const Column &column : columns())
        ids += QLatin1String(column.id);
    return ids.join(QLatin1String(", "));
}

QString optionIds()
{
    QStringList ids;
    for (const Option &option : options)
        ids += QLatin1String("--") + QLatin1String(option.name);
    return ids.join(QLatin1String(", "));
}

QString listed(const QList<QByteArray> &things)
{
    return QString::fromUtf8(things.join(", "));
}

QString help()
{
    QString text = QStringLiteral("Usage: socktree\n"
                                  "       socktree --list [--format FORMAT] [--columns IDS] [--why] "
                                  "[--filter TEXT] [--output FILE] [--open FILE]\n"
                                  "       socktree --open FILE\n"
                                  "       socktree --record FILE [--redact]\n"
                                  "       socktree --fields [--format FORMAT] [--output FILE]\n\n"
                                  "Which process has which sockets, to whom, and how are they doing. Without --list, "
                                  "--record or --fields a window opens.\n\n");
    for (const Option &option : options) {
        QString name = QLatin1String("--") + QLatin1String(option.name);
        if (option.value)
            name += QLatin1Char(' ') + QLatin1String(option.value);
        text += QLatin1String("  ") + name.leftJustified(18) + QLatin1String(option.help) + QLatin1Char('\n');
    }
    return text
        + QStringLiteral("\nWhat --redact leaves out: %2. What it keeps: %3.\n"
                         "\nColumns: %1\n\n"
                         "Exit code: 0 done, 1 sockets that were asked for or the output failed, 2 usage, "
                         "3 incomplete.\n")
              .arg(columnIds(), listed(RedactingSink::withheld()), listed(RedactingSink::kept()));
}

CommandLine error(const QString &message)
{
    CommandLine line;
    line.action = CommandLine::Action::Error;
    line.message = QStringLiteral("socktree: %1\n").arg(message);
    return line;
}

const Option *optionNamed(QStringView name)
{
    const auto found = std::find_if(std::begin(options), std::end(options),
        [&](const Option &option) { return name == QLatin1String(option.name); });
    return found == std::end(options) ? nullptr : found;
}

const QtOption *qtOptionNamed(QStringView name)
{
    const auto found = std::find_if(std::begin(qtOptions), std::end(qtOptions),
        [&](const QtOption &option) { return name == QLatin1String(option.name); });
    return found == std::end(qtOptions) ? nullptr : found;
}

/// An empty message: the value was good and is in @p line.
QString takeColumns(CommandLine &line, const QString &value)
{
    line.columns.clear();
    if (value == QLatin1String("all")) {
        for (const Column &column : columns())
            line.columns += column.id;
        return {};
    }
    for (const QString &part : value.split(QLatin1Char(','))) {
        const QByteArray id = part.trimmed().toUtf8();
        if (id == "all")
            return QStringLiteral("'all' stands for every column, so it stands alone");
        if (!columnById(id))
            return QStringLiteral("unknown column %1. Columns are: %2; or 'all' alone for every one")
                .arg(quoted(id), columnIds());
        // Readers that name values by their column would lose one of the two.
        if (line.columns.contains(id))
            return QStringLiteral("column %1 is asked for twice; name each column once").arg(quoted(id));
        line.columns += id;
    }
    return {};
}

QString take(CommandLine &line, const Option &option, const QString &value)
{
    const QLatin1String name(option.name);
    if (name == QLatin1String("columns"))
        return takeColumns(line, value);
    if (name == QLatin1String("filter")) {
        if (const auto filter = parseFilter(value); !filter)
            return QStringLiteral("--filter %1: %2 (character %3)")
                .arg(quoted(value), filter.error().message)
                .arg(filter.error().position + 1);
        line.filter = value;
    } else if (name == QLatin1String("open") || name == QLatin1String("record")) {
        if (value.isEmpty())
            return QStringLiteral("--%1 needs the name of a file, or '-'").arg(name);
        (name == QLatin1String("open") ? line.openFile : line.recordFile) = value;
    } else if (name == QLatin1String("output")) {
        if (value.isEmpty())
            return QStringLiteral("--output needs the name of a file, or '-'");
        line.output = value;
    } else {
        line.format = value.toUtf8(); // looked at when it is known what is written
    }
    return {};
}

/// What an option that was given needs and the command line lacks; empty if nothing.
QString lacking(const CommandLine &line, const Option &option)
{
    const bool isList = line.action == CommandLine::Action::List;
    if (option.with == With::List && !isList)
        return QStringLiteral("--%1 means something with --list only").arg(QLatin1String(option.name));
    if (option.with == With::ListOrFields && !isList && line.action != CommandLine::Action::Fields)
        return QStringLiteral("--%1 means something with --list or --fields only").arg(QLatin1String(option.name));
    return {};
}

/// What options say together; empty if they agree.
QString disagreement(CommandLine &line)
{
    const QStringList known = formatIds(line.action);
    if (line.format.isEmpty())
        line.format = known.first().toLatin1();
    if (!known.contains(QString::fromUtf8(line.format)))
        return QStringLiteral("unknown format %1. Formats are: %2")
            .arg(quoted(line.format), known.join(QLatin1String(", ")));
    if (line.why && line.format == "json")
        return QStringLiteral("--why is for csv and tsv; json always says why, by the key 'why' of each socket");
    return {};
}

/// --record is an action of its own. What is wrong with its being asked for; empty if nothing.
QString takeRecord(CommandLine &line)
{
    if (line.redact && line.recordFile.isEmpty())
        return QStringLiteral("--redact means something with --record only");
    if (line.recordFile.isEmpty())
        return {};
    if (line.action != CommandLine::Action::Window || !line.openFile.isEmpty())
        return QStringLiteral("--record captures this system and leaves; it goes with neither --list nor --open");
    line.action = CommandLine::Action::Record;
    return {};
}

/// The window's or the list's command line, help and version aside.
class Parser
{
public:
    CommandLine parse(const QByteArrayList &bytes)
    {
        QStringList arguments;
        for (const QByteArray &argument : bytes) {
            // Made into text some bytes would become others, and the name of a file that of another.
            arguments += QString::fromUtf8(argument);
            if (arguments.last().toUtf8() != argument)
                return error(QStringLiteral("%1 is not UTF-8. A file whose name is not UTF-8 can be written through "
                                            "standard output: socktree --list > file")
                                 .arg(quoted(argument)));
        }
        // Looked for first, since before it an option of Qt would take the next one for its value.
        m_window = std::none_of(arguments.begin(), arguments.end(), [](const QString &argument) {
            return argument == QLatin1String("--list") || argument == QLatin1String("--fields")
                || argument == QLatin1String("--record") || argument.startsWith(QLatin1String("--record="));
        });
        m_line.format.clear();
        for (m_next = 1; m_next < arguments.size();) {
            const QString problem = one(arguments);
            if (!problem.isEmpty())
                return error(problem);
        }
        if (m_informed != CommandLine::Action::Window) {
            m_line.action = m_informed;
            m_line.message = m_informed == CommandLine::Action::Help
                ? help()
                : QStringLiteral("socktree %1\n").arg(QLatin1String(SOCKTREE_VERSION));
            return m_line;
        }
        if (const QString problem = takeRecord(m_line); !problem.isEmpty())
            return error(problem);
        for (const Option *option : m_given)
            if (const QString problem = lacking(m_line, *option); !problem.isEmpty())
                return error(problem);
        if (const QString problem = disagreement(m_line); !problem.isEmpty())
            return error(problem);
        return m_line;
    }

private:
    QString one(const QStringList &arguments)
    {
        const QString &argument = arguments[m_next++];
        if (!argument.startsWith(QLatin1Char('-')) || argument == QLatin1String("-"))
            return QStringLiteral("unexpected argument %1; options are: %2").arg(quoted(argument), optionIds());
        const bool twoDashes = argument.startsWith(QLatin1String("--"));
        const qsizetype equals = argument.indexOf(QLatin1Char('='));
        const QString name = argument.left(equals).mid(twoDashes ? 2 : 1);
        const bool hasValue = equals >= 0;

        if (const QtOption *qt = m_window ? qtOptionNamed(name) : nullptr) {
            if (qt->hasValue && !hasValue)
                ++m_next;
            return {};
        }
        const Option *option = twoDashes ? optionNamed(name) : nullptr;
        if (argument == QLatin1String("-h"))
            option = optionNamed(u"help");
        if (!option)
            return QStringLiteral("unknown option %1; options are: %2").arg(quoted(argument), optionIds());
        m_given.push_back(option);
        if (!option->value)
            return hasValue ? QStringLiteral("--%1 takes no value").arg(name) : flag(*option);
        if (!hasValue && m_next >= arguments.size())
            return QStringLiteral("--%1 needs a value: %2").arg(name, QLatin1String(option->help));
        return take(m_line, *option, hasValue ? argument.mid(equals + 1) : arguments[m_next++]);
    }

    QString flag(const Option &option)
    {
        const QLatin1String name(option.name);
        if (name == QLatin1String("why") || name == QLatin1String("redact")) {
            (name == QLatin1String("why") ? m_line.why : m_line.redact) = true;
            return {};
        }
        if (name == QLatin1String("list") || name == QLatin1String("fields")) {
            const auto action = name == QLatin1String("list") ? CommandLine::Action::List : CommandLine::Action::Fields;
            if (m_line.action != CommandLine::Action::Window && m_line.action != action)
                return QStringLiteral("--list and --fields are two things; ask for one");
            m_line.action = action;
        } else {
            m_informed = name == QLatin1String("help") ? CommandLine::Action::Help : CommandLine::Action::Version;
        }
        return {};
    }

    CommandLine m_line;
    bool m_window = true;                                         ///< Qt's options are for a window
    CommandLine::Action m_informed = CommandLine::Action::Window; ///< Help or Version, if asked for
    std::vector<const Option *> m_given;
    qsizetype m_next = 1;
};

} // namespace

CommandLine parseCommandLine(const QByteArrayList &arguments)
{
    return Parser().parse(arguments);
}

} // namespace socktree
