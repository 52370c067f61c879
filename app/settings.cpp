// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/interval.h"
#include "app/zoom.h"

#include <QtCore/QSettings>
#include <QtCore/QVariant>

#include <algorithm>

namespace socktree {

// Raised when the meaning of a key changes; settings of another version are not read.
static constexpr int version = 1;

static QString key(const char *name)
{
    return QLatin1String(name);
}

namespace {
/// One line per switch, so that reading and writing cannot differ.
struct SwitchKey {
    const char *key;
    bool Toggles::*member;
};
constexpr SwitchKey switchKeys[] = {{"show/tcp", &Toggles::tcp}, {"show/udp", &Toggles::udp},
    {"show/unix", &Toggles::unix_}, {"show/other", &Toggles::other}, {"show/ipv4", &Toggles::ipv4},
    {"show/ipv6", &Toggles::ipv6}, {"show/loopback", &Toggles::loopback}};
struct PanelKey {
    const char *key;
    bool Preferences::*member;
};
constexpr PanelKey panelKeys[] = {{"view/marks", &Preferences::marks}, {"view/tree", &Preferences::tree},
    {"view/by-namespace", &Preferences::byNamespace}, {"view/details", &Preferences::details}};
} // namespace

static bool readBool(const QSettings &settings, const char *name, bool otherwise)
{
    const QString text = settings.value(key(name)).toString();
    return text == QLatin1String("true") ? true : text == QLatin1String("false") ? false : otherwise;
}

static int readInt(const QSettings &settings, const char *name, int otherwise, int least, int most)
{
    bool right = false;
    const int number = settings.value(key(name)).toString().toInt(&right);
    return right && number >= least && number <= most ? number : otherwise;
}

static QList<int> readSizes(const QSettings &settings, const char *name, qsizetype most)
{
    QList<int> sizes;
    const QStringList texts = settings.value(key(name)).toStringList();
    for (const QString &text : texts) {
        bool right = false;
        const int size = text.toInt(&right);
        if (!right || size < 0 || size > 20000 || sizes.size() == most)
            return {};
        sizes.append(size);
    }
    return std::any_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }) ? sizes : QList<int>();
}

static void writeSizes(QSettings &settings, const char *name, const QList<int> &sizes)
{
    QStringList texts;
    for (const int size : sizes)
        texts << QString::number(size);
    settings.setValue(key(name), texts);
}

static ColumnLayout readColumns(const QSettings &settings, const char *name)
{
    // "id:width", with '-' before the id of a hidden one
    ColumnLayout layout;
    const QStringList texts = settings.value(key(name)).toStringList();
    for (const QString &text : texts) {
        const QStringList parts = text.split(u':');
        if (parts.size() != 2 || layout.size() > 1000)
            continue;
        const bool hidden = parts[0].startsWith(u'-');
        layout.append({parts[0].mid(hidden ? 1 : 0).toLatin1(), parts[1].toInt(), !hidden});
    }
    return layout;
}

static void writeColumns(QSettings &settings, const char *name, const ColumnLayout &layout)
{
    QStringList texts;
    for (const ColumnPlace &place : layout)
        texts << (place.visible ? QString() : QStringLiteral("-")) + QString::fromLatin1(place.id) + u':'
                + QString::number(place.width);
    settings.setValue(key(name), texts);
}

static QStringList readTitles(const QSettings &settings, const char *name)
{
    constexpr int most = 100, longest = 200;
    QStringList titles = settings.value(key(name)).toStringList().mid(0, most);
    titles.removeIf([](const QString &title) { return title.isEmpty() || title.size() > longest; });
    return titles;
}

Preferences readPreferences(const QSettings &settings)
{
    Preferences p;
    if (readInt(settings, "version", 0, 0, 1 << 20) != version)
        return p;
    p.geometry = settings.value(key("window/geometry")).toByteArray();
    if (p.geometry.size() > 4096)
        p.geometry.clear();
    p.treeAndTable = readSizes(settings, "window/tree-and-table", 2);
    p.tableAndDetails = readSizes(settings, "window/table-and-details", 2);
    p.columns = readColumns(settings, "table/columns");
    p.treeColumns = readColumns(settings, "tree/columns");
    p.detailColumns = readColumns(settings, "details/columns");
    p.folded = readTitles(settings, "details/folded");
    p.sortColumn = settings.value(key("table/sort")).toByteArray();
    if (!columnById(p.sortColumn))
        p.sortColumn.clear();
    p.descending = !p.sortColumn.isEmpty() && readBool(settings, "table/descending", false);
    const std::chrono::milliseconds interval(readInt(settings, "refresh/interval", 0, 0, 1 << 20));
    if (std::find(intervals.begin(), intervals.end(), interval) != intervals.end())
        p.interval = interval;
    for (const SwitchKey &each : switchKeys)
        p.toggles.*each.member = readBool(settings, each.key, true);
    p.toggles.state = static_cast<StateToggle>(readInt(settings, "show/state", 0, 0, static_cast<int>(lastState)));
    p.zoom = readInt(settings, "view/zoom", 0, Zoom::smallest, Zoom::largest);
    for (const PanelKey &each : panelKeys)
        p.*each.member = readBool(settings, each.key, true);
    p.format = formatById(settings.value(key("export/format")).toByteArray()).value_or(p.format);
    p.exportFolder = settings.value(key("export/folder")).toString().left(4096);
    return p;
}

void writePreferences(QSettings &settings, const Preferences &p)
{
    settings.setValue(key("version"), version);
    settings.setValue(key("window/geometry"), p.geometry);
    writeSizes(settings, "window/tree-and-table", p.treeAndTable);
    writeSizes(settings, "window/table-and-details", p.tableAndDetails);
    writeColumns(settings, "table/columns", p.columns);
    writeColumns(settings, "tree/columns", p.treeColumns);
    writeColumns(settings, "details/columns", p.detailColumns);
    settings.setValue(key("details/folded"), p.folded);
    settings.setValue(key("table/sort"), p.sortColumn);
    settings.setValue(key("table/descending"), p.descending);
    settings.setValue(key("refresh/interval"), static_cast<int>(p.interval.count()));
    for (const SwitchKey &each : switchKeys)
        settings.setValue(key(each.key), p.toggles.*each.member);
    settings.setValue(key("show/state"), static_cast<int>(p.toggles.state));
    settings.setValue(key("view/zoom"), p.zoom);
    for (const PanelKey &each : panelKeys)
        settings.setValue(key(each.key), p.*each.member);
    settings.setValue(key("export/format"), QByteArray(idOf(p.format)));
    settings.setValue(key("export/folder"), p.exportFolder);
}

} // namespace socktree
