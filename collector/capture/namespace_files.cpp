// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/namespace_files.h"

#include <QtCore/QList>

#include <charconv>
#include <string_view>

namespace socktree {

std::optional<quint64> namespaceInode(const QByteArray &link)
{
    constexpr std::string_view before = "net:[";
    const std::string_view text(link.constData(), static_cast<std::size_t>(link.size()));
    if (text.size() <= before.size() || !text.starts_with(before) || text.back() != ']')
        return std::nullopt;
    const char *end = text.data() + text.size() - 1;
    quint64 inode;
    const auto parsed = std::from_chars(text.data() + before.size(), end, inode);
    return parsed.ec == std::errc() && parsed.ptr == end ? std::optional(inode) : std::nullopt;
}

std::vector<NamespaceMount> namespaceMounts(const QByteArray &mountinfo)
{
    std::vector<NamespaceMount> mounts;
    for (const QByteArray &line : mountinfo.split('\n')) {
        // Looked at more closely only if it may be one: there can be thousands of mounts.
        if (!line.contains(" net:["))
            continue;
        const QList<QByteArray> words = line.split(' ');
        const qsizetype separator = words.indexOf("-");
        if (separator < 6 || separator + 1 >= words.size() || words[separator + 1] != "nsfs")
            continue;
        if (const auto inode = namespaceInode(words[3]))
            mounts.push_back({*inode, unescapedMountPoint(words[4])});
    }
    return mounts;
}

/// The byte that three octal digits stand for; nothing if these are none. Qt's conversions let signs and blanks pass.
static std::optional<char> byteOf(QByteArrayView digits)
{
    unsigned code = 0;
    for (const char c : digits) {
        if (c < '0' || c > '7')
            return std::nullopt;
        code = code * 8 + static_cast<unsigned>(c - '0');
    }
    return digits.size() == 3 && code <= 0xff ? std::optional(static_cast<char>(code)) : std::nullopt;
}

QByteArray unescapedMountPoint(const QByteArray &text)
{
    QByteArray result;
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto byte = text[i] == '\\' ? byteOf(text.mid(i + 1, 3)) : std::nullopt;
        result += byte.value_or(text[i]);
        i += byte ? 3 : 0;
    }
    return result;
}

} // namespace socktree
