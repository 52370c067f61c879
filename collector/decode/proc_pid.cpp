// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_pid.h"

#include "collector/decode/proc_text.h"

namespace socktree {

using namespace proctext;

namespace {

/// The kernel writes a newline in a name as "\n" and a backslash as "\\", and nothing else (fs/proc/array.c).
QByteArray unescapedName(QByteArrayView escaped)
{
    QByteArray name;
    name.reserve(escaped.size());
    for (qsizetype i = 0; i < escaped.size(); ++i) {
        const char next = i + 1 < escaped.size() ? escaped[i + 1] : '\0';
        if (escaped[i] == '\\' && (next == 'n' || next == '\\')) {
            name.append(next == 'n' ? '\n' : '\\');
            ++i;
        } else {
            name.append(escaped[i]);
        }
    }
    return name;
}

void readUids(PidStatus &status, QByteArrayView value)
{
    status.realUid = numberAs<quint32>(takeWord(value));
    status.uid = numberAs<quint32>(takeWord(value));
}

void readNsPids(PidStatus &status, QByteArrayView value)
{
    for (QByteArrayView word = takeWord(value); !word.isEmpty(); word = takeWord(value))
        if (const auto pid = numberAs<qint32>(word))
            status.nsPids.push_back(*pid);
}

struct StatusLine {
    const char *key;
    void (*read)(PidStatus &status, QByteArrayView value);
};

constexpr StatusLine statusLines[] = {
    {"Name", [](PidStatus &s, QByteArrayView value) { s.name = unescapedName(value); }},
    {"State",
        [](PidStatus &s, QByteArrayView value) {
            if (!value.isEmpty())
                s.state = value.front();
        }},
    {"Uid", readUids},
    {"NSpid", readNsPids},
    {"Threads", [](PidStatus &s, QByteArrayView value) { s.threads = numberAs<quint32>(value); }},
    {"CapEff", [](PidStatus &s, QByteArrayView value) { s.effectiveCapabilities = number(value, 16); }},
};

} // namespace

std::optional<PidStat> parseStat(QByteArrayView text)
{
    // The name may hold brackets, blanks and newlines; nothing after it does, so the last ')' ends it.
    const qsizetype open = text.indexOf('(');
    const qsizetype close = text.lastIndexOf(')');
    if (open < 2 || close < open || text[open - 1] != ' ')
        return std::nullopt;
    const auto pid = numberAs<qint32>(text.first(open - 1));
    QByteArrayView rest = text.sliced(close + 1);
    const QByteArrayView state = takeWord(rest);
    const auto parent = numberAs<qint32>(takeWord(rest));
    if (!pid || state.size() != 1 || !parent)
        return std::nullopt;

    PidStat stat;
    stat.pid = *pid;
    stat.comm = text.sliced(open + 1, close - open - 1).toByteArray();
    stat.state = state.front();
    stat.parent = *parent;
    stat.group = numberAs<qint32>(takeWord(rest));
    stat.session = numberAs<qint32>(takeWord(rest));
    for (int field = 7; field < 20; ++field)
        takeWord(rest);
    const auto threads = numberAs<qint32>(takeWord(rest));
    takeWord(rest); // 21: always 0
    // If the text ends here it may have been cut inside the number.
    const auto startTime = number(takeWord(rest));
    if (!threads || !startTime || rest.isEmpty())
        return std::nullopt;
    stat.threads = *threads;
    stat.startTime = *startTime;
    return stat;
}

std::optional<PidStatus> parseStatus(QByteArrayView text)
{
    PidStatus status;
    bool any = false;
    while (!text.isEmpty()) {
        QByteArrayView value = takeUntil(text, '\n');
        const QByteArrayView key = takeUntil(value, ':');
        for (const StatusLine &line : statusLines) {
            if (key != QByteArrayView(line.key))
                continue;
            if (value.startsWith('\t'))
                value = value.sliced(1);
            line.read(status, value);
            any = true;
        }
    }
    return any ? std::optional(std::move(status)) : std::nullopt;
}

QByteArray parseComm(QByteArrayView text)
{
    if (text.endsWith('\n'))
        text = text.chopped(1);
    return text.toByteArray();
}

QByteArray parseContext(QByteArrayView text)
{
    if (text.endsWith('\0'))
        text = text.chopped(1);
    if (text.endsWith('\n'))
        text = text.chopped(1);
    return text.toByteArray();
}

std::optional<QByteArray> parseCgroup(QByteArrayView text)
{
    QByteArrayView unified, systemd, other;
    while (!text.isEmpty()) {
        QByteArrayView path = takeUntil(text, '\n');
        const QByteArrayView id = takeUntil(path, ':');
        const QByteArrayView controllers = takeUntil(path, ':');
        if (!path.startsWith('/'))
            continue;
        if (id == "0" && controllers.isEmpty())
            unified = path;
        else if (controllers == "name=systemd")
            systemd = path;
        else if (other.size() <= 1)
            other = path;
    }
    for (const QByteArrayView path : {unified, systemd, other})
        if (path.size() > 1)
            return path.toByteArray();
    if (unified.isEmpty() && systemd.isEmpty() && other.isEmpty())
        return std::nullopt;
    return QByteArrayLiteral("/");
}

} // namespace socktree
