// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/rows.h"

#include "model/column.h"
#include "model/details.h"
#include "model/export/export.h"
#include "model/filter/cell_word.h"
#include "model/filter/word_filter.h"
#include "model/text.h"
#include "model/timeline.h"
#include "tests/fuzz/fuzz.h"
#include "tests/support/csv_reader.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>

#include <algorithm>
#include <numeric>

namespace socktree::fuzz {

// The texts of more rows find nothing that those of so many do not.
static constexpr quint32 mostRowsLookedAt = 6;

std::optional<QByteArray> bytesOfVisible(const QString &text)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < text.size(); ++i) {
        if (text[i] != u'\\') {
            const bool pair = text[i].isHighSurrogate() && i + 1 < text.size();
            bytes += text.mid(i, pair ? 2 : 1).toUtf8();
            i += pair ? 1 : 0;
            continue;
        }
        const QString escape = text.mid(i + 1, 1);
        bool right = true;
        if (escape == u"n" || escape == u"t" || escape == u"\\") {
            bytes += escape == u"n" ? '\n' : escape == u"t" ? '\t' : '\\';
            i += 1;
        } else if (escape == u"x") {
            bytes += char(text.mid(i + 2, 2).toUInt(&right, 16));
            i += 3;
        } else if (escape == u"u") {
            const qsizetype end = text.indexOf(u'}', i);
            const char32_t point = text.mid(i + 3, end - i - 3).toUInt(&right, 16);
            bytes += QString::fromUcs4(&point, 1).toUtf8();
            i = end;
        } else {
            return std::nullopt;
        }
        if (!right)
            return std::nullopt;
    }
    return bytes;
}

void checkVisible(const QByteArray &bytes)
{
    const QString text = visible(bytes);
    requireOneLine(text, "text made visible is one line");
    require(bytesOfVisible(text) == bytes, "text made visible can be undone");
}

static void checkIndexes(const Snapshot &made)
{
    QSet<SocketKey> keys;
    const auto within = [](quint32 index, std::size_t size) { return index == noIndex || index < size; };
    for (const Socket &socket : made.sockets) {
        const SocketKey key = made.keyOf(socket);
        require(!keys.contains(key), "no key comes twice");
        keys.insert(key);
        require(within(socket.name, made.names.size()), "a name's index");
        require(within(socket.listener, made.sockets.size()), "a listener's index");
        require(within(socket.partOf, made.sockets.size()), "a connection's index");
        require(socket.dump == noShortIndex || socket.dump < made.dumps.size(), "a dump's index");
        require(socket.label == noShortIndex || socket.label < made.labels.size(), "a label's index");
        require(socket.netns == noShortIndex || socket.netns < made.namespaces.size(), "a namespace's index");
        for (const Peer &peer : made.peersOf(socket))
            require(peer.socket < made.sockets.size(), "the other end's index");
        for (const Holder &holder : made.holdersOf(socket))
            require(holder.process < made.processes.size(), "a holder's index");
        if (socket.chunk != noIndex) {
            const auto size = std::size_t(made.chunks[socket.chunk].size());
            require(socket.offset <= size && socket.length <= size - socket.offset, "a message is within its datagram");
        }
        checkVisible(made.nameOf(socket));
    }
}

static void checkCells(const RowRef &row)
{
    for (const Column &column : columns()) {
        requireOneLine(cellText(column, row), "a cell is one line");
        requireOneLine(exactText(column, row), "an exact value is one line");
        requireOneLine(copyText(column, row), "what is copied of a cell is one line");
        requireOneLine(explain(column, row).replace(u'\n', u' '), "a reason has no control characters");
        requireOneLine(cellToolTip(column, row).replace(u'\n', u' '), "a tooltip has no control characters");
    }
    for (const DetailGroup &group : detailsOf(row)) {
        requireOneLine(group.title, "a title of details is one line");
        for (const DetailLine &line : group.lines) {
            requireOneLine(line.name, "a name of details is one line");
            requireOneLine(line.value, "a value of details is one line");
            requireOneLine(QString(line.meaning).replace(u'\n', u' '), "a meaning has no control characters");
        }
    }
    // Asked last, since it asks the filter.
    for (const char *id : {"process", "local", "state"})
        if (const Column *const column = columnById(id))
            requireOneLine(filterWord(*column, row), "a filter's word is one line");
}

static QByteArray exported(Format format, const Generation &generation)
{
    std::vector<quint32> slots(generation.entries.size());
    std::iota(slots.begin(), slots.end(), 0U);
    std::vector<const Column *> all;
    for (const Column &column : columns())
        all.push_back(&column);
    QByteArray text;
    exportRows(
        format, {generation, slots}, all,
        [&](QByteArrayView piece) {
            text += piece;
            return true;
        },
        Reasons::Told);
    return text;
}

void checkRows(const SnapshotPtr &snapshot)
{
    checkIndexes(*snapshot);
    const GenerationPtr generation = advance(nullptr, snapshot, {});
    const std::size_t rows = snapshot->sockets.size();
    require(generation->liveCount == rows && generation->entries.size() == rows, "every row has a slot");
    for (quint32 slot = 0; slot < std::min<std::size_t>(rows, mostRowsLookedAt); ++slot)
        checkCells(RowRef(*generation, slot));

    QJsonParseError wrong;
    const auto json = QJsonDocument::fromJson(exported(Format::Json, *generation), &wrong);
    require(wrong.error == QJsonParseError::NoError, "JSON is JSON");
    require(std::size_t(json[QLatin1String("sockets")].toArray().size()) == rows, "JSON has every row");
    const auto csv = test::readCsv(exported(Format::Csv, *generation));
    require(csv && csv->size() == rows + 1, "CSV has every row");
    for (const QStringList &line : *csv)
        require(line.size() == csv->front().size(), "CSV has every cell");

    // The next moment is the same: nothing is new, closed or lost.
    const GenerationPtr again = advance(generation, snapshot, {});
    require(again->liveCount == rows && again->entries.size() == rows, "the same rows have the same slots");
}

} // namespace socktree::fuzz
