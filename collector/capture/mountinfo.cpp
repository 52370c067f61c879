// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/mountinfo.h"

#include <QtCore/QList>

#include <optional>

namespace socktree {

std::vector<MountedFile> mountsOfType(QByteArrayView type, const QByteArray &mountinfo)
{
    std::vector<MountedFile> mounts;
    for (const QByteArray &line : mountinfo.split('\n')) {
        // Looked at more closely only if it may be one: there can be thousands of mounts.
        if (!line.contains(type))
            continue;
        const QList<QByteArray> words = line.split(' ');
        const qsizetype separator = words.indexOf("-");
        if (separator > 5 && separator + 1 < words.size() && words[separator + 1] == type)
            mounts.push_back({words[3], unescapedMountPoint(words[4])});
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
