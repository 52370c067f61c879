// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_mounts.h"

#include "collector/decode/proc_text.h"

namespace socktree {

using namespace proctext;

namespace {

/// The words of a line that matter here, as they stand in the file.
struct MountLine {
    QByteArrayView root;
    QByteArrayView point;
    QByteArrayView type;
    QByteArrayView options; ///< of the file system
};

std::optional<MountLine> parseMountLine(QByteArrayView rest)
{
    MountLine line;
    for (int unused = 0; unused < 3; ++unused) // the mount's number, its parent's, the device
        takeWord(rest);
    line.root = takeWord(rest);
    line.point = takeWord(rest);
    takeWord(rest); // options of the mount
    // As many optional words as the kernel likes, then a dash.
    QByteArrayView word = takeWord(rest);
    while (!word.isEmpty() && word != "-")
        word = takeWord(rest);
    line.type = takeWord(rest);
    // What was mounted may be an empty word, so the options are what comes last.
    for (word = takeWord(rest); !word.isEmpty(); word = takeWord(rest))
        line.options = word;
    return line.type.isEmpty() ? std::nullopt : std::optional(line);
}

/// The kernel writes blanks, newlines, backslashes and the like as a backslash and three octal digits.
QByteArray unescaped(QByteArrayView text)
{
    QByteArray plain;
    plain.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const auto code = text[i] == '\\' && text.size() - i > 3 ? number(text.sliced(i + 1, 3), 8) : std::nullopt;
        if (code && *code <= 0xff) {
            plain.append(static_cast<char>(*code));
            i += 3;
        } else {
            plain.append(text[i]);
        }
    }
    return plain;
}

template <typename Visit> void forEachMount(QByteArrayView mountInfo, Visit &&visit)
{
    // A last line without its newline was cut.
    while (mountInfo.contains('\n'))
        if (const auto line = parseMountLine(takeUntil(mountInfo, '\n')))
            visit(*line);
}

/// As a number before Linux 5.8, then as a word.
HidePid hidePidOf(QByteArrayView value)
{
    struct Spelling {
        const char *number;
        const char *word;
        HidePid meaning;
    };
    static constexpr Spelling spellings[] = {
        {"0", "off", HidePid::Off},
        {"1", "noaccess", HidePid::NoAccess},
        {"2", "invisible", HidePid::Invisible},
        {"4", "ptraceable", HidePid::Ptraceable},
    };
    for (const Spelling &spelling : spellings)
        if (value == QByteArrayView(spelling.number) || value == QByteArrayView(spelling.word))
            return spelling.meaning;
    return HidePid::Unknown;
}

ProcMount procMountOf(QByteArrayView options)
{
    ProcMount mount;
    while (!options.isEmpty()) {
        QByteArrayView value = takeUntil(options, ',');
        const QByteArrayView key = takeUntil(value, '=');
        if (key == "hidepid")
            mount.hidePid = hidePidOf(value);
        else if (key == "gid")
            mount.gid = numberAs<quint32>(value);
        else if (key == "subset")
            mount.onlyPids = value == "pid";
    }
    return mount;
}

} // namespace

std::vector<NetnsMount> netnsMounts(QByteArrayView mountInfo)
{
    std::vector<NetnsMount> mounts;
    forEachMount(mountInfo, [&](const MountLine &line) {
        const auto inode = line.type == "nsfs" ? netnsOfLink(line.root) : std::nullopt;
        if (inode)
            mounts.push_back({*inode, unescaped(line.point)});
    });
    return mounts;
}

std::optional<ProcMount> procMountAt(QByteArrayView mountInfo, QByteArrayView mountPoint)
{
    std::optional<ProcMount> found;
    forEachMount(mountInfo, [&](const MountLine &line) {
        if (unescaped(line.point) == mountPoint)
            found = line.type == "proc" ? std::optional(procMountOf(line.options)) : std::nullopt;
    });
    return found;
}

std::optional<quint64> netnsOfLink(QByteArrayView link)
{
    return inodeOfLink(link, "net");
}

} // namespace socktree
