// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/ss_output.h"

#include <QtCore/QRegularExpression>
#include <algorithm>
#include <tuple>

namespace socktree::test {

// Latin-1 keeps every byte as it is, and names need not be UTF-8.
static QRegularExpression pattern(const char *text)
{
    return QRegularExpression(QLatin1String(text), QRegularExpression::DotMatchesEverythingOption);
}

QByteArray SsRow::key() const
{
    return netid.startsWith("u_") ? netid.left(2) + localPort : more.value("sk");
}

static QList<SsHolder> holdersIn(const QString &users)
{
    static const QRegularExpression one = pattern(R"x(\("(.*?)",pid=(\d+),fd=(\d+)\))x");
    QList<SsHolder> holders;
    auto match = one.globalMatch(users);
    while (match.hasNext()) {
        const auto holder = match.next();
        holders << SsHolder{holder.captured(1).toLatin1(), holder.captured(2).toInt(), holder.captured(3).toInt()};
    }
    std::sort(holders.begin(), holders.end(),
        [](const SsHolder &a, const SsHolder &b) { return std::tie(a.pid, a.fd) < std::tie(b.pid, b.fd); });
    return holders;
}

static void splitPort(const QByteArray &end, QByteArray &address, QByteArray &port)
{
    const qsizetype colon = end.lastIndexOf(':');
    address = end.left(colon);
    port = end.mid(colon + 1);
}

static bool parseRow(const QString &line, SsRow &row)
{
    static const QRegularExpression begin = pattern(R"x(^(\S+) +(\S+) +(-?\d+) +(-?\d+) +(.*)$)x");
    static const QRegularExpression inet = pattern(R"x(^(\S+) +(\S+) +(.*)$)x");
    static const QRegularExpression local = pattern(R"x(^(.*?) (\d+) +\* (\d+) +(.*)$)x");
    static const QRegularExpression users = pattern(R"x(users:\((.*,fd=\d+\))\) ?)x");
    const auto fixed = begin.match(line);
    if (!fixed.hasMatch())
        return false;
    row.netid = fixed.captured(1).toLatin1();
    row.state = fixed.captured(2).toLatin1();
    row.recvQueue = fixed.captured(3).toLongLong();
    row.sendQueue = fixed.captured(4).toLongLong();
    const bool isUnix = row.netid.startsWith("u_");
    const auto ends = (isUnix ? local : inet).match(fixed.captured(5));
    if (!ends.hasMatch())
        return false;
    if (isUnix) {
        row.local = ends.captured(1).toLatin1();
        row.localPort = ends.captured(2).toLatin1();
        row.remotePort = ends.captured(3).toLatin1();
    } else {
        splitPort(ends.captured(1).toLatin1(), row.local, row.localPort);
        splitPort(ends.captured(2).toLatin1(), row.remote, row.remotePort);
    }
    QString rest = ends.captured(isUnix ? 4 : 3);
    row.holders = holdersIn(users.match(rest).captured(1));
    rest.remove(users);
    for (const QByteArray &word : rest.simplified().toLatin1().split(' ')) {
        const qsizetype colon = word.indexOf(':');
        if (word == "<->" || word == "-->" || word == "<--" || word == "---")
            row.more.insert("arrow", word);
        else if (colon > 0)
            row.more.insert(word.left(colon), word.mid(colon + 1));
    }
    return true;
}

QList<SsRow> parseSs(const QByteArray &output, QList<QByteArray> *strange)
{
    static const QRegularExpression opening
        = pattern(R"x(^(tcp|udp|u_str|u_dgr|u_seq) +[A-Z][A-Z0-9-]+ +-?\d+ +-?\d+ )x");
    QList<QByteArray> lines;
    for (const QByteArray &line : output.split('\n')) {
        if (lines.isEmpty() || opening.match(QString::fromLatin1(line)).hasMatch())
            lines << line;
        else if (!line.isEmpty())
            lines.last() += '\n' + line;
    }
    QList<SsRow> rows;
    for (const QByteArray &line : std::as_const(lines)) {
        SsRow row;
        if (parseRow(QString::fromLatin1(line), row))
            rows << row;
        else if (strange && !line.trimmed().isEmpty())
            *strange << line;
    }
    return rows;
}

} // namespace socktree::test
