// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/unix_text.h"

#include "collector/decode/proc_text.h"

#include <algorithm>

namespace socktree {

using namespace proctext;

namespace {

bool isUpperHex(QByteArrayView text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F'); });
}

/// Takes a blank and so many digits off the line; nothing if they are not there.
std::optional<quint32> takeHex(QByteArrayView &rest, qsizetype digits)
{
    if (rest.size() < digits + 1 || rest.front() != ' ' || !isUpperHex(rest.sliced(1, digits)))
        return std::nullopt;
    const auto value = numberAs<quint32>(rest.sliced(1, digits), 16);
    rest = rest.sliced(digits + 1);
    return value;
}

/// Takes a blank and the inode off the line: five characters wide or more, blanks first.
std::optional<quint64> takeInode(QByteArrayView &rest)
{
    if (rest.size() < 6 || rest.front() != ' ')
        return std::nullopt;
    rest = rest.sliced(1);
    qsizetype blanks = 0;
    while (blanks < 4 && rest[blanks] == ' ')
        ++blanks;
    qsizetype end = blanks;
    while (end < rest.size() && rest[end] != ' ')
        ++end;
    const auto inode = number(rest.sliced(blanks, end - blanks));
    if (end < 5 || (blanks > 0 && end != 5))
        return std::nullopt;
    rest = rest.sliced(end);
    return inode;
}

} // namespace

qsizetype pointerWidth(QByteArrayView line)
{
    const qsizetype end = line.indexOf(':');
    // Before there is enough chance to hash with, the kernel writes "(____ptrval____)".
    const auto belongs = [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || QByteArrayView("(_ptrval)").contains(c);
    };
    return end > 0 && std::all_of(line.begin(), line.begin() + end, belongs) ? end : 0;
}

bool isHiddenPointer(QByteArrayView line)
{
    const QByteArrayView pointer = line.first(pointerWidth(line));
    return std::all_of(pointer.begin(), pointer.end(), [](char c) { return c == '0'; });
}

bool isAsKernelWrites(QByteArrayView line)
{
    const qsizetype width = pointerWidth(line);
    if (width != 8 && width != 16)
        return false;
    QByteArrayView rest = line.sliced(width + 1);
    const auto references = takeHex(rest, 8);
    const auto protocol = takeHex(rest, 8);
    const auto flags = takeHex(rest, 8);
    const auto type = takeHex(rest, 4);
    const auto state = takeHex(rest, 2);
    const auto inode = takeInode(rest);
    if (!references || !protocol || !flags || !type || !state || !inode)
        return false;
    const bool listens = *flags == 0x10000;
    const bool hasFile = *state == 1 || *state == 3;
    // No file, no inode; and only what has a file and is not connected can listen.
    return *references > 0 && *protocol == 0 && (listens || *flags == 0) && (*type == 1 || *type == 2 || *type == 5)
        && (hasFile || *state == 2 || *state == 4) && hasFile == (*inode != 0) && (!listens || *state == 1)
        && (rest.isEmpty() || rest.size() > 1);
}

} // namespace socktree
