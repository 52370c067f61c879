// SPDX-License-Identifier: GPL-3.0-or-later
// The texts in a process's folder, each by itself and all of them as a process in a snapshot.
// Input: a byte for the text (0: all of them, in pieces), then the text.
#include "collector/decode/proc_pid.h"
#include "collector/decode/units.h"
#include "collector/snapshot/snapshot_builder.h"
#include "model/text.h"
#include "tests/fuzz/fuzz.h"
#include "tests/fuzz/rows.h"

using namespace socktree;
using namespace socktree::fuzz;

namespace {

void checkStat(QByteArrayView text)
{
    const auto stat = parseStat(text);
    if (!stat)
        return;
    const QByteArray named = '(' + stat->comm + ')';
    require(text.contains(named), "the name is in the text as it is");
    const QByteArray written = QByteArray::number(stat->pid) + ' ' + named + ' ' + stat->state + ' '
        + QByteArray::number(stat->parent) + QByteArray(" 0").repeated(15) + ' ' + QByteArray::number(stat->threads)
        + " 0 " + QByteArray::number(stat->startTime) + " 0\n";
    const auto again = parseStat(written);
    require(again && again->pid == stat->pid && again->comm == stat->comm && again->state == stat->state
            && again->parent == stat->parent && again->threads == stat->threads && again->startTime == stat->startTime,
        "stat written anew says the same");
    require(!parseStat(QByteArrayView(written).chopped(4)), "a text cut in the start time is none");
}

void checkStatus(QByteArrayView text)
{
    const auto uid = effectiveUid(text);
    if (!uid)
        return;
    require(text.contains("Uid:"), "a user is told by its line");
    const QByteArray again = "Uid:\t1\t" + QByteArray::number(*uid) + "\t2\t3\n";
    require(effectiveUid(again) == uid, "a user is the second number of its line");
}

void checkCgroup(QByteArrayView text)
{
    const auto path = parseCgroup(text);
    if (!path)
        return;
    require(path->startsWith('/') && !path->contains('\n') && text.contains(*path), "a path is one of the text's");
    const QByteArray unit = unitOfCgroup(*path);
    require(unit.size() <= path->size() + 16, "a unit's name is no longer than its path"); // and its runtime
    checkVisible(unit);
}

void checkText(quint8 which, QByteArrayView text)
{
    switch (which % 4) {
    case 0: return checkStat(text);
    case 1: return checkStatus(text);
    case 2: return checkCgroup(text);
    default: break;
    }
    const QByteArray comm = parseComm(text);
    require(comm == text || comm + '\n' == text, "comm is the text but for its last newline");
    checkVisible(comm);
}

Text takeText(Input &input)
{
    Text text;
    text.got = Got(input.byte() % 4);
    text.bytes = copyOf(input.piece());
    return text;
}

ProcessRecord takeProcess(Input &input)
{
    ProcessRecord record;
    record.pid = 1 + input.byte();
    record.descriptorsGot = Got(input.byte() % 4);
    for (Text *text :
        {&record.stat, &record.status, &record.comm, &record.cgroup, &record.cmdline, &record.exe, &record.netns})
        *text = takeText(input);
    record.rings.push_back({record.pid, 3, takeText(input)});
    record.descriptors.push_back({record.pid, 4, input.word()});
    return record;
}

void checkProcesses(Input &input)
{
    constexpr int most = 4;
    SnapshotBuilder builder(true, true);
    builder.host({});
    for (int i = 0; i < most && !input.atEnd(); ++i)
        builder.process(takeProcess(input));
    builder.processesEnded({});
    builder.finished({});
    const SnapshotPtr snapshot = builder.take();
    for (const Process &process : snapshot->processes) {
        requireOneLine(commandLine(process), "a command line is one line");
        require(!shownName(process).isEmpty(), "a name is shown");
        requireOneLine(shownName(process), "a name is one line");
        for (const QByteArray &text : {process.comm, process.exe, process.cgroup, process.unit})
            checkVisible(text);
    }
    checkRows(snapshot);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    const quint8 which = input.byte();
    if (which == 0)
        checkProcesses(input);
    else
        checkText(which, copyOf(input.rest()));
    return 0;
}
