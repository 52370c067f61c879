// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"

#include "model/column.h"
#include "model/export/export.h"
#include "model/filter/word_filter.h"
#include "model/text.h"

#include <algorithm>
#include <array>

namespace socktree {

namespace {

struct Option {
    const char *name;
    const char *value; ///< what its value is called in the help; null: takes none
    bool ofList;       ///< means something with --list only
    const char *help;
};

constexpr Option options[] = {
    {"list", nullptr, false, "write the sockets and leave; needs no display"},
    {"format", "FORMAT", true, "csv (default), tsv or json; json has all there is, whatever the columns"},
    {"columns", "IDS", true, "columns separated by commas, or 'all' alone; default: those the window shows first"},
    {"filter", "TEXT", true, "only sockets that match, as in the window's filter box"},
    {"output", "FILE", true, "write there; a regular file is replaced whole or not at all; '-' is standard output"},
    {"open", "FILE", false, "show a capture, of --record or of ss -D, and not this system; '-' is standard input"},
    {"record", "FILE", false, "capture everything there is to know into FILE, for --open, and leave"},
    {"redact", nullptr, false, "with --record: leave out command lines, and replace addresses and names of sockets"},
    {"help", nullptr, false, "say this"},
    {"version", nullptr, false, "say which version this is"},
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

QString formatIds()
{
    QStringList ids;
    for (const FormatName &format : formats())
        ids += QLatin1String(format.id);
    return ids.join(QLatin1String(", "));
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

QString help()
{
    QString text = QStringLiteral("Usage: socktree\n"
                                  "       socktree --list [--format FORMAT] [--columns IDS] [--filter TEXT] "
                                  "[--output FILE]\n"
                                  "       socktree --record FILE [--redact]\n"
                                  "       socktree --open FILE [--list ...]\n\n"
                                  "Which process has which sockets, to whom, and how are they doing. Without --list a "
                                  "window opens.\n\n");
    for (const Option &option : options) {
        QString name = QLatin1String("--") + QLatin1String(option.name);
        if (option.value)
            name += QLatin1Char(' ') + QLatin1String(option.value);
        text += QLatin1String("  ") + name.leftJustified(18) + QLatin1String(option.help) + QLatin1Char('\n');
    }
    return text
        + QStringLiteral("\nColumns: %1\n\n"
                         "Exit code: 0 done, 1 sockets that were asked for or the output failed, 2 usage, "
                         "3 incomplete.\n")
              .arg(columnIds());
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
        const auto all = formats();
        if (std::none_of(all.begin(), all.end(), [&](const FormatName &f) { return value == QLatin1String(f.id); }))
            return QStringLiteral("unknown format %1. Formats are: %2").arg(quoted(value), formatIds());
        line.format = value.toUtf8();
    }
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
        m_window = !arguments.contains(QLatin1String("--list")) && !arguments.contains(QLatin1String("--record"));
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
        } else if (m_line.action != CommandLine::Action::List && m_ofList) {
            return error(QStringLiteral("--%1 means something with --list only").arg(QLatin1String(m_ofList->name)));
        } else if (const QString problem = takeRecord(m_line); !problem.isEmpty()) {
            return error(problem);
        }
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
        if (option->ofList)
            m_ofList = option;
        if (!option->value)
            return hasValue ? QStringLiteral("--%1 takes no value").arg(name) : flag(*option);
        if (!hasValue && m_next >= arguments.size())
            return QStringLiteral("--%1 needs a value: %2").arg(name, QLatin1String(option->help));
        return take(m_line, *option, hasValue ? argument.mid(equals + 1) : arguments[m_next++]);
    }

    QString flag(const Option &option)
    {
        const QLatin1String name(option.name);
        if (name == QLatin1String("redact"))
            m_line.redact = true;
        else if (name == QLatin1String("list"))
            m_line.action = CommandLine::Action::List;
        else
            m_informed = name == QLatin1String("help") ? CommandLine::Action::Help : CommandLine::Action::Version;
        return {};
    }

    CommandLine m_line;
    bool m_window = true;                                         ///< Qt's options are for a window
    CommandLine::Action m_informed = CommandLine::Action::Window; ///< Help or Version, if asked for
    const Option *m_ofList = nullptr;
    qsizetype m_next = 1;
};

} // namespace

CommandLine parseCommandLine(const QByteArrayList &arguments)
{
    return Parser().parse(arguments);
}

} // namespace socktree
