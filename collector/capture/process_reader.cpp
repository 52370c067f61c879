// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/process_reader.h"

#include "collector/capture/descriptor_scan.h"
#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>

namespace socktree {

static constexpr quint64 roundsBetweenDescriptorScans = 16;
static constexpr quint64 roundsBetweenCgroups = 10;

/// Whether something is in the record that another reading might mend.
static bool isBroken(const ProcessRecord &record)
{
    const Text *texts[]
        = {&record.stat, &record.status, &record.cmdline, &record.comm, &record.cgroup, &record.exe, &record.netns};
    return record.descriptorsGot == Got::Broken
        || std::any_of(std::begin(texts), std::end(texts), [](const Text *text) { return text->got == Got::Broken; });
}

/// 0 if it cannot be told.
static quint64 inodeOf(int directory, const char *path)
{
    struct stat told;
    return fstatat(directory, path, &told, 0) == 0 ? told.st_ino : 0;
}

/// Which network namespace the process is in, and which of its threads are in another.
static void readNamespaces(int process, const std::optional<StatGlance> &glance, ProcessRecord &record)
{
    record.netns = readLink(process, "ns/net");
    const bool denied = record.netns.got == Got::Denied;
    if (denied)
        record.netFile = inodeOf(process, "net/tcp");
    if (!glance || glance->threads <= 1)
        return;
    const Directory threads = openDirectory(process, "task");
    std::vector<qint32> tids;
    if (!threads || listNumbers(threads.get(), tids) != 0)
        return;
    for (const qint32 tid : tids) {
        const QByteArray name = QByteArray::number(tid);
        if (denied) {
            const quint64 netFile = inodeOf(dirfd(threads.get()), (name + "/net/tcp").constData());
            if (netFile != 0 && netFile != record.netFile)
                record.threadNamespaces.push_back({tid, {}, netFile});
            continue;
        }
        const Text link = readLink(dirfd(threads.get()), (name + "/ns/net").constData());
        if (link.got == Got::Read && link.bytes != record.netns.bytes)
            record.threadNamespaces.push_back({tid, link.bytes});
    }
}

/// A dead leader has lost its program and arguments, its threads have not.
static void readProgramOfThreads(int process, ProcessRecord &record)
{
    const Directory threads = openDirectory(process, "task");
    std::vector<qint32> tids;
    if (!threads || listNumbers(threads.get(), tids) != 0)
        return;
    for (const qint32 tid : tids) {
        const QByteArray name = QByteArray::number(tid);
        Text cmdline = readText(dirfd(threads.get()), (name + "/cmdline").constData());
        if (cmdline.bytes.isEmpty())
            continue;
        record.cmdline = std::move(cmdline);
        record.exe = readLink(dirfd(threads.get()), (name + "/exe").constData());
        return;
    }
}

/// The kernel answers EINVAL where no security module has a label for the process.
static Text readContext(int process, bool hasContexts)
{
    Text context{.got = Got::Gone, .error = EINVAL};
    if (hasContexts)
        context = readText(process, "attr/current");
    if (context.error == EINVAL)
        context.got = Got::Gone;
    return context;
}

ProcessReader::ProcessReader(Sources sources)
    : m_sources(std::move(sources)), m_hasContexts(m_sources.labelsProcesses && m_sources.labelsProcesses())
{
}

void ProcessReader::read(Sink &sink, const std::stop_token &stop, const Needs &needs)
{
    ++m_round;
    m_needs = needs;
    m_users.clear();
    m_namespaces = {};
    m_held.clear();
    const Directory root = openDirectory(AT_FDCWD, m_sources.procRoot.c_str());
    m_pids.clear();
    int error = root ? listNumbers(root.get(), m_pids) : errno;
    if (error == 0 && m_pids.empty())
        error = ENOENT; // we are a process ourselves: this is no process file system
    std::sort(m_pids.begin(), m_pids.end());
    quint32 vanished = 0;
    for (const qint32 pid : m_pids) {
        if (stop.stop_requested()) {
            sink.processesEnded({.got = Got::Broken, .error = ECANCELED, .vanished = vanished});
            return;
        }
        if (readProcess(dirfd(root.get()), pid, sink) == Outcome::Vanished)
            ++vanished;
    }
    m_remembered.removeIf([this](const auto &entry) { return entry.value().seen != m_round; });
    sink.processesEnded({.got = error == 0 ? Got::Read : gotFor(error),
        .error = error,
        .vanished = vanished,
        .unseen = m_pids.empty() ? Unseen::None : m_sources.unseenProcesses()});
}

ProcessReader::Outcome ProcessReader::readProcess(int procRoot, qint32 pid, Sink &sink)
{
    return writeRemembered(procRoot, pid, sink) ? Outcome::Written : readWhole(procRoot, pid, sink);
}

bool ProcessReader::writeRemembered(int procRoot, qint32 pid, Sink &sink)
{
    const auto known = m_remembered.find(pid);
    if (known == m_remembered.end() || m_sources.cpuClock(pid) != known->clock
        || m_sources.fdCount(pid) != known->fdCount)
        return false;
    // Looked at last: that it is the same process now means that the clock above was its own.
    const QByteArray name = QByteArray::number(pid);
    const bool scanAgain = due(pid, roundsBetweenDescriptorScans);
    const FileDescriptor process = scanAgain ? openPath(procRoot, name.constData()) : FileDescriptor();
    Text stat = process ? readText(process.get(), "stat") : readText(procRoot, (name + "/stat").constData());
    const auto glance = glanceAtStat(stat.bytes);
    if (!glance || glance->startTime != known->startTime)
        return false;
    known->record.stat = std::move(stat);
    if (scanAgain) {
        readDescriptors(process.get(), glance, known->record);
        if (known->record.descriptorsGot == Got::Gone || isBroken(known->record))
            return false;
    }
    if (due(pid, roundsBetweenCgroups))
        known->record.cgroup = readText(procRoot, (name + "/cgroup").constData());
    known->seen = m_round;
    note(known->record, known->user, known->startTime);
    write(procRoot, ProcessRecord(known->record), sink);
    return true;
}

ProcessReader::Outcome ProcessReader::readWhole(int procRoot, qint32 pid, Sink &sink)
{
    m_remembered.remove(pid);
    ProcessRecord record;
    record.pid = pid;
    // From here on the directory stands for this one process: when it dies the files are gone, and never another's.
    const FileDescriptor process = openPath(procRoot, QByteArray::number(pid).constData());
    const int error = process ? 0 : errno;
    if (gotFor(error) == Got::Gone)
        return Outcome::Vanished;
    if (!process) {
        const Text none{.got = gotFor(error), .error = error};
        record.stat = record.status = record.cmdline = record.comm = record.cgroup = record.exe = record.netns
            = record.context = none;
        record.descriptorsGot = none.got;
        record.descriptorsError = error;
        sink.process(std::move(record));
        return Outcome::Written;
    }
    const auto clock = m_sources.cpuClock(pid);
    const auto fdCount = m_sources.fdCount(pid);
    record.stat = readText(process.get(), "stat");
    const auto glance = glanceAtStat(record.stat.bytes);
    if (record.stat.got == Got::Gone)
        return Outcome::Vanished;
    record.exe = readLink(process.get(), "exe");
    readDescriptors(process.get(), glance, record);
    record.status = readText(process.get(), "status");
    record.comm = readText(process.get(), "comm");
    record.cgroup = readText(process.get(), "cgroup");
    record.context = readContext(process.get(), m_hasContexts);
    // Last, since it waits for the lock of the process's memory, which may take long.
    record.cmdline = readText(process.get(), "cmdline");
    if (glance && glance->isDeadLeader())
        readProgramOfThreads(process.get(), record);
    if (record.cmdline.got == Got::Gone)
        return Outcome::Vanished;

    readNamespaces(process.get(), glance, record);
    const auto user = effectiveUser(record.status.bytes);
    note(record, user, glance ? glance->startTime : 0);
    if (clock && glance && !isBroken(record)) {
        m_remembered.insert(pid,
            {.record = record,
                .user = user,
                .startTime = glance->startTime,
                .clock = *clock,
                .fdCount = fdCount,
                .seen = m_round});
    }
    write(procRoot, std::move(record), sink);
    return Outcome::Written;
}

void ProcessReader::readDescriptors(int process, const std::optional<StatGlance> &glance, ProcessRecord &record) const
{
    const qint32 pid = record.pid;
    const bool isDead = glance && glance->isDead();
    // Whoever may not be asked for its program denies the links of its descriptors for the same reason (the kernel's
    // fs/proc/base.c, proc_fd_access_allowed), and may have thousands.
    if (record.exe.got == Got::Denied && !isDead && !(glance && glance->isKernelThread())) {
        record.descriptorsGot = Got::Denied;
        record.descriptorsError = record.exe.error;
        record.descriptorsDenied = 0;
        record.descriptors.clear();
        return;
    }
    DescriptorScan scan;
    // Kernel threads and the dead have no descriptors, and that we may not list them hides nothing.
    if (!isDead && !(glance && glance->isKernelThread()))
        scan = scanDescriptors(process, pid);
    if (scan.got == Got::Read && glance && glance->threads > 1) {
        const DescriptorScan more = scanOtherTables(
            process, isDead ? std::nullopt : std::optional(pid), scan.sockets, m_sources.sharesDescriptors);
        if (more.got != Got::Gone) {
            scan.got = more.got;
            scan.error = more.error;
        }
        scan.denied += more.denied;
        scan.sockets.insert(scan.sockets.end(), more.sockets.begin(), more.sockets.end());
        scan.rings.insert(scan.rings.end(), more.rings.begin(), more.rings.end());
    }
    record.descriptorsGot = scan.got;
    record.descriptorsError = scan.error;
    record.descriptorsDenied = scan.denied;
    record.descriptors = std::move(scan.sockets);
    record.rings = std::move(scan.rings);
}

void ProcessReader::write(int procRoot, ProcessRecord &&record, Sink &sink) const
{
    for (const Descriptor &one : record.descriptors) {
        if (!m_needs.descriptorTexts && (m_needs.descriptorTextsOf == 0 || one.inode != m_needs.descriptorTextsOf))
            continue;
        const std::string thread = one.tid == record.pid ? std::string() : "/task/" + std::to_string(one.tid);
        const auto pathIn = [&](const char *folder) {
            std::string path = std::to_string(record.pid);
            return path.append(thread).append(folder).append(std::to_string(one.fd));
        };
        Text text = readText(procRoot, pathIn("/fdinfo/").c_str());
        if (text.got == Got::Gone)
            continue;
        Text label{.got = Got::Gone, .error = EOPNOTSUPP};
        if (m_hasContexts) // a module that labels no process labels no socket either
            label = m_sources.descriptorAttribute(pathIn("/fd/"), "security.selinux");
        record.descriptorTexts.push_back({one.tid, one.fd, std::move(text), std::move(label)});
    }
    sink.process(std::move(record));
}

void ProcessReader::note(const ProcessRecord &record, std::optional<quint32> user, quint64 startTime)
{
    if (user)
        m_users.insert(*user);
    if (const auto inode = linkInode("net", record.netns.bytes))
        m_namespaces.byInode.try_emplace(*inode, record.pid);
    else if (record.netFile != 0)
        m_namespaces.byNetFile.try_emplace(record.netFile, record.pid);
    for (const ThreadNamespace &thread : record.threadNamespaces)
        if (const auto inode = linkInode("net", thread.link))
            m_namespaces.byInode.try_emplace(*inode, thread.tid);
        else if (thread.netFile != 0)
            m_namespaces.byNetFile.try_emplace(thread.netFile, thread.tid);
    for (const Descriptor &held : record.descriptors)
        m_held.push_back({held.inode, record.pid, startTime, held.tid, held.fd});
}

} // namespace socktree
