// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_pid.h"

#include <limits>

namespace socktree {

namespace {

/// Digits only and no overflow: the conversions of Qt would let blanks and signs pass.
std::optional<quint64> number(QByteArrayView digits)
{
    if (digits.isEmpty())
        return std::nullopt;
    quint64 value = 0;
    for (const char c : digits) {
        if (c < '0' || c > '9')
            return std::nullopt;
        const auto digit = quint64(c - '0');
        if (value > (std::numeric_limits<quint64>::max() - digit) / 10)
            return std::nullopt;
        value = value * 10 + digit;
    }
    return value;
}

template <typename T> std::optional<T> numberAs(QByteArrayView digits)
{
    const auto value = number(digits);
    if (!value || *value > quint64(std::numeric_limits<T>::max()))
        return std::nullopt;
    return static_cast<T>(*value);
}

std::optional<quint64> hexNumber(QByteArrayView digits)
{
    bool ok = false;
    const quint64 value = digits.toULongLong(&ok, 16);
    return ok ? std::optional(value) : std::nullopt;
}

/// Takes the text up to @p separator off @p rest, and the separator with it.
QByteArrayView takeUntil(QByteArrayView &rest, char separator)
{
    const qsizetype end = rest.indexOf(separator);
    const QByteArrayView taken = end < 0 ? rest : rest.first(end);
    rest = end < 0 ? rest.last(0) : rest.sliced(end + 1);
    return taken;
}

bool isBlank(char c)
{
    return c == ' ' || c == '\t' || c == '\n';
}

/// Takes the next word off @p rest, and the blanks before it; the blank after it stays.
QByteArrayView takeWord(QByteArrayView &rest)
{
    while (!rest.isEmpty() && isBlank(rest.front()))
        rest = rest.sliced(1);
    qsizetype end = 0;
    while (end < rest.size() && !isBlank(rest[end]))
        ++end;
    const QByteArrayView word = rest.first(end);
    rest = rest.sliced(end);
    return word;
}

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
    {"CapEff", [](PidStatus &s, QByteArrayView value) { s.effectiveCapabilities = hexNumber(value); }},
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
    for (int field = 5; field < 20; ++field)
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
