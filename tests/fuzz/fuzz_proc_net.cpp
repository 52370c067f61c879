// SPDX-License-Identifier: GPL-3.0-or-later
// The files that list sockets: no line is lost, no word of a line is, and rows are what a table shows.
// Input: a byte for the file, one for where its pieces are cut, then the text.
#include "collector/decode/proc_net_layout.h"
#include "collector/decode/proc_text.h"
#include "collector/snapshot/read_proc_net.h"
#include "collector/snapshot/snapshot_builder.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/rows.h"

#include <algorithm>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

bool readsTheSameWord(const ProcNetLayout &layout, const TextField *field)
{
    for (const auto columns : {layout.columns, layout.more})
        for (const ProcNetColumn &column : columns)
            if (&column.field == field)
                return column.sameWord;
    return false;
}

/// The arrow parts the addresses of an SCTP association.
QByteArray withoutSeparators(QByteArray text, char separator)
{
    QByteArray left;
    text.replace("<->", "");
    for (const char c : text)
        if (!proctext::isBlank(c) && c != separator)
            left += c;
    return left;
}

/// All that is in the line is in its words, in this order.
void checkWords(ProcNetFile file, QByteArrayView line)
{
    const ProcNetLayout &layout = layoutOf(file);
    QByteArray words;
    for (const DecodedText &text : decodeProcNetLine(file, line))
        if (!readsTheSameWord(layout, text.field))
            words += text.raw;
    const QByteArray told = withoutSeparators(words, layout.separator);
    const QByteArray sent = withoutSeparators(line.toByteArray(), layout.separator);
    if (told != sent)
        std::fprintf(stderr, "<<%s>>\n<<%s>>\n", sent.constData(), told.constData());
    require(told == sent, "no word of a line is lost");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    const auto file = ProcNetFile(input.byte() % procNetFiles);
    const int step = 1 + input.byte();
    const QByteArray text = copyOf(input.rest());

    qsizetype lines = 0;
    quint32 rows = 0;
    const quint32 notUnderstood = parseProcNet(file, text, [&](const ProcNetRow &row) {
        lines += row.line.count('\n') + 1;
        ++rows;
        require(row.line.data() >= text.constData() && row.line.end() <= text.constEnd(), "a row is within its text");
        checkWords(file, row.line);
    });
    // The first line may be the titles, the last one cut.
    const qsizetype all = text.count('\n') + (text.isEmpty() || text.endsWith('\n') ? 0 : 1);
    require(lines + notUnderstood == all || lines + notUnderstood + 1 == all, "no line is lost");
    quint32 turned = 0;
    parseProcNet(
        file, text, [&](const ProcNetRow &) { ++turned; }, std::endian::big);
    require(turned == rows, "the order of bytes changes no row");

    Scope scope;
    scope.netns = 1;
    scope.file = pathOf(file);
    require(procNetFileOf(scope) == file, "a file is known by its path");
    SnapshotBuilder builder(true, true);
    builder.host({});
    const auto sink = builder.dump(scope);
    for (qsizetype at = 0; at < text.size();) {
        const qsizetype newline = text.indexOf('\n', std::min(at + step, text.size() - 1));
        const qsizetype end = newline < 0 ? text.size() : newline + 1;
        sink->datagram(std::as_bytes(std::span(text.constData() + at, std::size_t(end - at))));
        at = end;
    }
    sink->ended({});
    builder.processesEnded({});
    builder.finished({});
    const SnapshotPtr snapshot = builder.take();
    require(snapshot->dumps.front().rows == rows, "every row is in the dump");
    require(snapshot->dumps.front().damaged == notUnderstood, "every line that is none is counted");
    require(snapshot->sockets.empty() == (rows == 0), "the dump's rows are in the snapshot");
    checkRows(snapshot);
    return 0;
}
