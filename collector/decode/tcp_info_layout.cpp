// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/tcp_info_layout.h"

namespace socktree {

namespace {

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

/// Takes a number of at most four digits off @p text.
std::optional<int> takeNumber(QByteArrayView &text)
{
    qsizetype digits = 0;
    int number = 0;
    for (; digits < text.size() && isDigit(text[digits]); ++digits) {
        if (digits == 4)
            return std::nullopt;
        number = number * 10 + (text[digits] - '0');
    }
    if (digits == 0)
        return std::nullopt;
    text = text.sliced(digits);
    return number;
}

struct Release {
    int major = 0;
    int minor = 0;
    bool isCandidate = false;
};

std::optional<Release> parse(QByteArrayView text)
{
    const auto major = takeNumber(text);
    if (!major || !text.startsWith('.'))
        return std::nullopt;
    text = text.sliced(1);
    const auto minor = takeNumber(text);
    if (!minor)
        return std::nullopt;
    // A digit must follow, or "7.0.3-arch1" were a release candidate.
    const qsizetype candidate = text.indexOf("-rc");
    return Release{*major, *minor, candidate >= 0 && candidate + 3 < text.size() && isDigit(text[candidate + 3])};
}

} // namespace

TcpInfoLayout tcpInfoLayoutOf(QByteArrayView kernelRelease, std::optional<bool> btfHasEcnMode)
{
    if (btfHasEcnMode.value_or(false))
        return TcpInfoLayout::BitFields;
    const auto release = parse(kernelRelease);
    if (!release)
        return TcpInfoLayout::Undecided;
    if (release->major == 6 && (release->minor == 18 || release->minor == 19))
        return TcpInfoLayout::U16Pair;
    const bool isFirstCandidate = release->major == 7 && release->minor == 0 && release->isCandidate;
    if (btfHasEcnMode) // without the new layout: an early candidate, or a kernel that the release says nothing true of
        return isFirstCandidate ? TcpInfoLayout::U16Pair : TcpInfoLayout::Undecided;
    return release->major >= 7 && !isFirstCandidate ? TcpInfoLayout::BitFields : TcpInfoLayout::Undecided;
}

} // namespace socktree
