// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_pid.h"

#include "collector/decode/proc_text.h"

namespace socktree {

using namespace proctext;

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

std::optional<quint32> effectiveUid(QByteArrayView status)
{
    while (!status.isEmpty()) {
        QByteArrayView value = takeUntil(status, '\n');
        if (takeUntil(value, ':') != "Uid")
            continue;
        takeWord(value); // the real one
        return numberAs<quint32>(takeWord(value));
    }
    return std::nullopt;
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
