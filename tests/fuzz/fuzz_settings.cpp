// SPDX-License-Identifier: GPL-3.0-or-later
// A file of settings that somebody else may have written: what is read is within bounds, and is read again as it was.
#include "app/interval.h"
#include "app/settings.h"
#include "app/zoom.h"
#include "model/column.h"
#include "tests/fuzz/fuzz.h"

#include <QtCore/QFile>
#include <QtCore/QSet>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>

#include <algorithm>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

/// A name that was not there before: QSettings remembers what it has read, by name.
QString freshName()
{
    static const QTemporaryDir folder;
    static quint64 count = 0;
    return folder.filePath(QString::number(++count));
}

void checkSizes(const QList<int> &sizes)
{
    require(sizes.isEmpty() || std::any_of(sizes.begin(), sizes.end(), [](int size) { return size > 0; }),
        "some panel is seen");
    require(std::all_of(sizes.begin(), sizes.end(), [](int size) { return size >= 0 && size <= 20000; }),
        "panels have a size");
}

const ColumnLayout &standard()
{
    static const ColumnLayout layout = [] {
        ColumnLayout all;
        for (const Column &column : columns())
            all.append({column.id, 100, column.shown});
        return all;
    }();
    return layout;
}

void checkColumns(const ColumnLayout &layout)
{
    const ColumnLayout whole = repaired(layout, standard());
    QSet<QByteArray> ids;
    bool any = false;
    for (const ColumnPlace &place : whole) {
        ids += place.id;
        any = any || place.visible;
        require(place.width > 0 && place.width < 10000, "columns have a width");
    }
    require(whole.size() == standard().size() && ids.size() == whole.size(), "every column comes once");
    for (const ColumnPlace &place : standard())
        require(ids.contains(place.id), "every column is there");
    require(any, "some column is seen");
    require(repaired(whole, standard()) == whole, "what is right is left alone");
}

void check(const Preferences &p)
{
    require(p.geometry.size() <= 4096 && p.exportFolder.size() <= 4096, "long texts are not read");
    require(p.treeAndTable.size() <= 2 && p.tableAndDetails.size() <= 2, "there are two panels");
    checkSizes(p.treeAndTable);
    checkSizes(p.tableAndDetails);
    for (const ColumnLayout &layout : {p.columns, p.treeColumns, p.detailColumns})
        checkColumns(layout);
    require(p.folded.size() <= 100, "not too many groups are folded");
    require(p.sortColumn.isEmpty() ? !p.descending : columnById(p.sortColumn) != nullptr, "it is sorted by a column");
    require(std::find(intervals.begin(), intervals.end(), p.interval) != intervals.end(), "the interval is a choice");
    require(p.toggles.state <= lastState, "the state is one");
    require(p.zoom >= Zoom::smallest && p.zoom <= Zoom::largest, "the zoom is within its bounds");
    require(p.format <= Format::Json, "the format is one");
}

Preferences readFrom(const QString &name)
{
    const QSettings settings(name, QSettings::IniFormat);
    return readPreferences(settings);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    const bool writesAgain = input.byte() % 4 == 0; // which is slow
    const QString name = freshName();
    QFile file(name);
    require(file.open(QIODevice::WriteOnly), "the file can be written");
    // Without it nothing of another version would be read.
    file.write("[General]\nversion=1\n");
    file.write(copyOf(input.rest()));
    file.close();
    const Preferences first = readFrom(name);
    QFile::remove(name);
    check(first);
    if (!writesAgain)
        return 0;
    const QString again = freshName();
    {
        QSettings settings(again, QSettings::IniFormat);
        writePreferences(settings, first);
    }
    const Preferences second = readFrom(again);
    QFile::remove(again);
    require(second == first, "what is written is read as it was");
    return 0;
}
