// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/descriptor_scan.h"

#include "collector/capture/proc_file.h"

#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <string>
#include <string_view>

namespace socktree {

/// The decimal name of a number.
static std::array<char, 12> nameOf(qint32 number)
{
    std::array<char, 12> name{};
    std::to_chars(name.data(), name.data() + name.size() - 1, number);
    return name;
}

static Text readRing(int directory, qint32 fd)
{
    constexpr qsizetype most = 1'048'576; // a line for each registered file
    const std::string path = std::string("fdinfo/") + nameOf(fd).data();
    return readText(directory, path.c_str(), most);
}

DescriptorScan scanDescriptors(int directory, qint32 tid)
{
    DescriptorScan scan;
    const auto failed = [&](int error) {
        scan.got = gotFor(error);
        scan.error = error;
    };
    const Directory table = openDirectory(directory, "fd");
    if (!table) {
        failed(errno);
        return scan;
    }
    std::vector<qint32> numbers;
    if (const int error = listNumbers(table.get(), numbers))
        failed(error);
    const int at = dirfd(table.get());
    for (std::size_t i = 0; i < numbers.size(); ++i) {
        const qint32 fd = numbers[i];
        // The targets we look for are short; what does not fit is none of them.
        std::array<char, 40> target;
        const ssize_t size = readlinkat(at, nameOf(fd).data(), target.data(), target.size());
        if (size >= 0) {
            const std::string_view text(target.data(), static_cast<std::size_t>(size));
            if (const auto inode = linkInode("socket", text))
                scan.sockets.push_back({.tid = tid, .fd = fd, .inode = *inode});
            else if (text == "anon_inode:[io_uring]")
                scan.rings.push_back({.tid = tid, .fd = fd, .text = readRing(directory, fd)});
            continue;
        }
        switch (gotFor(errno)) {
        case Got::Gone: break; // closed since it was listed
        case Got::Denied:
            // The kernel asks for each link whether we may look into the process, and would say the same of the others.
            scan.denied = static_cast<quint32>(numbers.size() - i);
            return scan;
        default: failed(errno);
        }
    }
    return scan;
}

static bool sameTable(const std::vector<Descriptor> &a, const std::vector<Descriptor> &b)
{
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
        [](const Descriptor &x, const Descriptor &y) { return x.fd == y.fd && x.inode == y.inode; });
}

namespace {

/// A table of descriptors, and a thread that uses it.
struct Table {
    qint32 tid;
    std::vector<Descriptor> sockets;
};

} // namespace

DescriptorScan scanOtherTables(
    int process, std::optional<qint32> first, const std::vector<Descriptor> &ofFirst, const SharesTable &shares)
{
    DescriptorScan all;
    const Directory threads = openDirectory(process, "task");
    std::vector<qint32> tids;
    const int error = threads ? listNumbers(threads.get(), tids) : errno;
    if (error != 0)
        return {.got = gotFor(error), .error = error};
    std::vector<Table> tables;
    if (first)
        tables.push_back({*first, ofFirst});
    for (const qint32 tid : tids) {
        const auto uses
            = [&](const Table &table) { return tid == table.tid || shares(table.tid, tid) == std::optional(true); };
        if (std::any_of(tables.begin(), tables.end(), uses))
            continue;
        const FileDescriptor thread = openPath(dirfd(threads.get()), nameOf(tid).data());
        if (!thread)
            continue; // it has ended, and its table with it
        DescriptorScan one = scanDescriptors(thread.get(), tid);
        if (one.got == Got::Gone)
            continue;
        if (one.got != Got::Read) {
            all.got = one.got;
            all.error = one.error;
        }
        const auto maybeUses
            = [&](const Table &table) { return !shares(table.tid, tid) && sameTable(table.sockets, one.sockets); };
        if (std::any_of(tables.begin(), tables.end(), maybeUses))
            continue;
        all.denied += one.denied;
        all.sockets.insert(all.sockets.end(), one.sockets.begin(), one.sockets.end());
        all.rings.insert(all.rings.end(), one.rings.begin(), one.rings.end());
        tables.push_back({tid, std::move(one.sockets)});
    }
    return all;
}

} // namespace socktree
