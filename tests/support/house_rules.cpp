// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/house_rules.h"

#include <QtCore/QList>
#include <QtCore/QRegularExpression>
#include <algorithm>

namespace socktree::test {

namespace {

/// A folder and what its files may include: ours from the top of the tree, and others' by how the name begins.
struct Room {
    const char *folder;
    QList<QByteArray> ours;
    QList<QByteArray> others;
    bool touchesTheSystem = false; ///< the C library's and the kernel's headers are free
};

} // namespace

/// The table of the README, the special case before the rule.
static const QList<Room> &rooms()
{
    // Kernel headers give numbers and offsets; the C library's here are those that define families and ports.
    static const QList<QByteArray> numbers
        = {"linux/", "netinet/", "sys/socket.h", "sys/un.h", "net/if.h", "arpa/inet.h"};
    static const QList<Room> table = {
        {"collector/decode/", {"collector/decode/"}, QList<QByteArray>{"QtCore/"} + numbers},
        {"collector/capture/", {"collector/capture/"},
            {"QtCore/", "QtConcurrent/", "libmnl/", "tl/", "netinet/", "net/", "arpa/"}, true},
        {"collector/snapshot/", {"collector/snapshot/", "collector/decode/", "collector/capture/record.h"},
            QList<QByteArray>{"QtCore/"} + numbers},
        // It writes files, pipes and devices, and its own threads step back behind others'.
        {"model/export/", {"model/", "collector/"}, {"QtCore/", "QtConcurrent/", "tl/"}, true},
        {"model/background.", {"model/"}, {"QtCore/", "unistd.h", "sys/resource.h"}},
        {"model/", {"model/", "collector/"}, QList<QByteArray>{"QtCore/", "QtConcurrent/", "tl/"} + numbers},
        {"app/", {"app/", "model/", "collector/"},
            QList<QByteArray>{"QtCore/", "QtConcurrent/", "QtGui/", "QtWidgets/", "tl/", "unistd.h", "cstdio"}
                + numbers},
    };
    return table;
}

static const Room *roomOf(const QString &path)
{
    for (const Room &room : rooms()) {
        if (path.startsWith(QLatin1String(room.folder)))
            return &room;
    }
    return nullptr;
}

static bool beginsWithOneOf(const QByteArray &name, const QList<QByteArray> &beginnings)
{
    return std::any_of(beginnings.begin(), beginnings.end(), [&](const auto &begin) { return name.startsWith(begin); });
}

/// Standard C++ headers have neither a folder nor a suffix, and Qt's are written with their module.
static bool isFree(const QByteArray &name, const Room &room)
{
    static const QList<QByteArray> touching = {"filesystem", "fstream", "iostream", "thread", "cstdio"};
    const bool isOfCpp = !name.contains('/') && !name.contains('.') && !name.startsWith('Q');
    const bool isOfC = name.endsWith(".h") && !name.startsWith("Qt")
        && (!name.contains('/') || name.startsWith("sys/") || name.startsWith("linux/"));
    return room.touchesTheSystem ? isOfCpp || isOfC : isOfCpp && !touching.contains(name);
}

static QString withoutComments(const QByteArray &text)
{
    static const QRegularExpression pattern(QStringLiteral(R"x((?<string>"(?:\\.|[^"\\\n])*")|//[^\n]*|/\*.*?\*/)x"),
        QRegularExpression::DotMatchesEverythingOption);
    return QString::fromUtf8(text).replace(pattern, QStringLiteral("\\1"));
}

static void checkIncludes(const QString &path, const QByteArray &text, bool hasOwnHeader, QStringList &found)
{
    const Room *const room = roomOf(path);
    static const QRegularExpression pattern(
        QStringLiteral(R"x(^#\s*include\s*([<"])([^>"]+)[>"])x"), QRegularExpression::MultilineOption);
    const QString own = path.chopped(4) + QStringLiteral(".h");
    bool first = true;
    auto match = pattern.globalMatch(QString::fromUtf8(text));
    while (match.hasNext()) {
        const auto include = match.next();
        const bool quoted = include.captured(1) == QLatin1String("\"");
        const QByteArray name = include.captured(2).toUtf8();
        if (first && hasOwnHeader && include.captured(2) != own)
            found << path + QStringLiteral(": its own header is not the first it includes");
        first = false;
        if (!room || name.endsWith(".moc"))
            continue;
        const bool allowed
            = quoted ? beginsWithOneOf(name, room->ours) : isFree(name, *room) || beginsWithOneOf(name, room->others);
        if (!allowed)
            found << path + QStringLiteral(": may not include ") + include.captured(2);
    }
}

static void checkWords(const QString &path, const QByteArray &text, QStringList &found)
{
    struct Rule {
        QRegularExpression pattern;
        const char *complaint;
        QList<QString> allowedIn; ///< how paths begin
        QList<QString> appliesTo = {QStringLiteral("app/"), QStringLiteral("model/"), QStringLiteral("collector/")};
    };
    static const QString sources = QStringLiteral("collector/capture/sources.cpp");
    static const QList<Rule> rules = {
        // The filter knows the path of a descriptor as words somebody types.
        {QRegularExpression(QStringLiteral(R"x("/proc\b)x")), "names /proc, which only sources.cpp may",
            {sources, QStringLiteral("model/filter/")}},
        {QRegularExpression(QStringLiteral(R"x(NETLINK_SOCK_DIAG|\bsocket\s*\(\s*[AP]F_NETLINK|mnl_socket_open)x")),
            "opens a netlink socket, which only sources.cpp may", {sources}},
        {QRegularExpression(QStringLiteral("QSortFilterProxyModel")), "uses a proxy model; order is an arrangement",
            {}},
        {QRegularExpression(QStringLiteral(R"x(_clock::now|\bclock_gettime|QDateTime::current|QTime::currentTime)x")),
            "reads a clock while computing", {},
            {QStringLiteral("collector/decode/"), QStringLiteral("collector/snapshot/")}},
        {QRegularExpression(QStringLiteral(R"x(setTextFormat\s*\(\s*Qt::(RichText|AutoText|MarkdownText))x")),
            "shows rich text; names of processes and sockets are hostile", {}},
    };
    const QString code = withoutComments(text);
    for (const Rule &rule : rules) {
        const auto begins = [&](const QString &folder) { return path.startsWith(folder); };
        if (std::any_of(rule.appliesTo.begin(), rule.appliesTo.end(), begins)
            && std::none_of(rule.allowedIn.begin(), rule.allowedIn.end(), begins) && code.contains(rule.pattern))
            found << path + QStringLiteral(": ") + QLatin1String(rule.complaint);
    }
}

static void checkOpening(const QString &path, const QByteArray &text, QStringList &found)
{
    const QList<QByteArray> lines = text.split('\n');
    // A script or an XML file has its own first line.
    if (!lines.mid(0, 2).join('\n').contains("SPDX-License-Identifier: "))
        found << path + QStringLiteral(": opens without a licence line");
    if (!path.endsWith(QLatin1String(".h")))
        return;
    if (lines.size() < 2 || !lines[1].startsWith("// ") || lines[1].size() < 20)
        found << path + QStringLiteral(": opens without a sentence on what it is for");
    if (!text.contains("\n#pragma once\n"))
        found << path + QStringLiteral(": has no #pragma once");
}

QStringList complaints(const QString &path, const QByteArray &text, bool hasOwnHeader)
{
    QStringList found;
    checkOpening(path, text, found);
    if (path.endsWith(QLatin1String(".cpp")) || path.endsWith(QLatin1String(".h"))) {
        checkIncludes(path, text, hasOwnHeader, found);
        checkWords(path, text, found);
    }
    return found;
}

} // namespace socktree::test
