// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_process.h"

#include "collector/decode/proc_pid.h"
#include "collector/decode/units.h"

#include <cerrno>

namespace socktree {

namespace {

Problem problemWith(const ProcessRecord &record, const QByteArray &what, int error)
{
    return {"process " + QByteArray::number(record.pid), what, error};
}

std::optional<Problem> brokenText(const ProcessRecord &record)
{
    const std::pair<const char *, const Text *> texts[] = {
        {"stat", &record.stat},
        {"status", &record.status},
        {"cmdline", &record.cmdline},
        {"comm", &record.comm},
        {"cgroup", &record.cgroup},
        {"exe", &record.exe},
    };
    for (const auto &[name, text] : texts)
        if (text->got == Got::Broken)
            return problemWith(record, QByteArray(name) + " could not be read", text->error);
    if (record.descriptorsGot == Got::Broken)
        return problemWith(record, "descriptors could not be read", record.descriptorsError);
    return std::nullopt;
}

QByteArray textOf(const Text &text)
{
    return text.got == Got::Read ? text.bytes : QByteArray();
}

} // namespace

std::optional<Process> readProcess(const ProcessRecord &record, std::optional<Problem> &problem)
{
    if (record.stat.got == Got::Gone)
        return std::nullopt;
    problem = brokenText(record);
    Process process;
    process.key.pid = record.pid;
    bool hasDescriptors = true;
    if (const auto stat = parseStat(textOf(record.stat))) {
        process.key.startTime = stat->startTime;
        process.parent = stat->parent;
        process.group = stat->group;
        process.session = stat->session;
        process.state = stat->state;
        process.comm = stat->comm;
        // A zombie's threads may live on with the descriptors; else it has none, whatever the kernel refuses to show.
        hasDescriptors = stat->state != 'Z' || stat->threads > 1;
    } else if (record.stat.got == Got::Read) {
        problem = problemWith(record, "stat is not understood", 0);
    }
    if (record.comm.got == Got::Read)
        process.comm = parseComm(record.comm.bytes);
    process.uid = effectiveUid(textOf(record.status));
    process.cmdline = textOf(record.cmdline);
    process.exe = textOf(record.exe);
    process.context = parseContext(textOf(record.context));
    const bool hasNoContext = record.context.got == Got::Gone && record.context.error == EINVAL;
    process.contextGot = hasNoContext ? Got::Read : record.context.got;
    process.commandWithheld = record.cmdline.got == Got::Withheld;
    process.cgroup = parseCgroup(textOf(record.cgroup)).value_or(QByteArray());
    process.unit = unitOfCgroup(process.cgroup);
    // A process whose folder may be listed but not its links hides its sockets all the same.
    if (hasDescriptors)
        process.descriptors = record.descriptorsDenied > 0 ? Got::Denied : record.descriptorsGot;
    return process;
}

} // namespace socktree
