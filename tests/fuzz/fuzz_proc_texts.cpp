// SPDX-License-Identifier: GPL-3.0-or-later
// Other texts of the proc file system, and the services file. What two rooms read of the same text is the same.
// Input: a byte for the text, then the text.
#include "collector/capture/cgroup_paths.h"
#include "collector/capture/mountinfo.h"
#include "collector/capture/namespace_files.h"
#include "collector/capture/proc_file.h"
#include "collector/decode/proc_fdinfo.h"
#include "collector/decode/proc_text.h"
#include "collector/decode/sock_proto_name.h"
#include "collector/snapshot/service_names.h"
#include "tests/fuzz/fuzz.h"

#include <algorithm>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

void checkFdInfo(const QByteArray &text)
{
    const FdInfo info = parseFdInfo(text);
    require(text.contains('\n') || (!info.flags && !info.inode), "only whole lines are read");
    require(info.registeredSockets.size() <= std::size_t(text.count("socket:[")), "sockets are the text's");
    for (const quint64 inode : info.registeredSockets)
        require(text.contains("socket:[" + QByteArray::number(inode) + ']') || text.contains("socket:[0"),
            "a registered socket's inode is in the text");
    require(info.locks.size() <= text.count("lock") + 1, "locks are the text's, and one may say that it was cut");
    for (const QByteArray &lock : info.locks)
        require(!lock.isEmpty() && !lock.contains('\n') && lock.size() <= text.size() + 2, "a lock is a line's");
    // What is told stays told when more comes. A line that was cut is no line yet.
    if (text.endsWith('\n')) {
        const FdInfo more = parseFdInfo(text + "new:\t1\n");
        require(
            more.registeredSockets == info.registeredSockets && more.locks == info.locks, "a new line takes nothing");
    }
}

void checkMounts(const QByteArray &text)
{
    for (const NamespaceMount &mount : namespaceMounts(text)) {
        require(mount.path.size() < text.size() && text.contains("nsfs"), "a mount is in the text");
        require(text.contains(" net:[") && text.contains(QByteArray::number(mount.inode) + ']'), "its inode is, too");
    }
    for (const MountedFile &group : mountsOfType("cgroup2", text))
        require(text.contains("cgroup2") && group.path.size() <= text.size(), "a mount of cgroup2 is in the text");
}

void checkLink(const QByteArray &text)
{
    require(linkInode("net", text) == proctext::inodeOfLink(text, "net"), "both read the same inode of a link");
    const QByteArray plain = unescapedMountPoint(text);
    require(plain.size() <= text.size(), "an escape is longer than what it stands for");
    require(plain == text || text.contains('\\'), "what has no escape stays as it is");
    QByteArray escaped;
    for (const char c : text)
        escaped += '\\' + QByteArray::number(quint8(c), 8).rightJustified(3, '0');
    require(unescapedMountPoint(escaped) == text, "a path of escapes alone is read as it was written");
}

void checkProtocolName(const QByteArray &text)
{
    const SockProto proto = sockProtoOfName(text);
    const auto isPlain
        = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-'; };
    require(!proto.label.isEmpty() && std::all_of(proto.label.begin(), proto.label.end(), isPlain), "a label is plain");
    require(sockProtoOfName(text + '\0').label == proto.label, "the NUL that ends a name changes nothing");
    const auto at = [&](qsizetype i) {
        return load<qint32>(std::as_bytes(std::span(text.constData(), std::size_t(text.size()))), std::size_t(i) * 4)
            .value_or(-1);
    };
    const SockProto numbered = sockProtoOf(at(0), at(1), at(2));
    require(!numbered.label.isEmpty() && std::all_of(numbered.label.begin(), numbered.label.end(), isPlain),
        "a label of numbers is plain");
}

void checkServices(const QByteArray &text)
{
    const ServiceNames names = parseServices(text);
    require(*serviceNames(text) == names, "names that are kept are those that are read");
    QByteArray written;
    for (auto name = names.cbegin(); name != names.cend(); ++name) {
        require(!name.value().isEmpty() && text.contains(name.value()), "a name is one of the text's");
        const bool tcp = Protocol(name.key() & 0xff) == Protocol::Tcp;
        written += name.value() + ' ' + QByteArray::number(name.key() >> 8) + (tcp ? "/tcp\n" : "/udp\n");
    }
    require(parseServices(written) == names, "names written anew are the same");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    const quint8 which = input.byte();
    const QByteArray text = copyOf(input.rest());
    switch (which % 5) {
    case 0: checkFdInfo(text); break;
    case 1: checkMounts(text); break;
    case 2: checkLink(text); break;
    case 3: checkProtocolName(text); break;
    case 4: checkServices(text); break;
    }
    return 0;
}
