// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/net_file.h"

#include "collector/capture/proc_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <iterator>

namespace socktree {

static DumpEnd endFor(int error)
{
    switch (error) {
    case 0: return DumpEnd::Complete;
    // The folder of a process that has ended, or of a dead leader: the list is not read, which says nothing of it.
    case ESRCH:
    case EINVAL: return DumpEnd::Interrupted;
    case ENOENT:
    case ENOTDIR: return DumpEnd::Unsupported;
    case EACCES:
    case EPERM: return DumpEnd::Refused;
    case ECANCELED: return DumpEnd::Interrupted;
    default: return DumpEnd::Failed;
    }
}

/// Hands on whole lines; returns 0 or the errno that broke the reading off.
static int readLines(int file, DumpSink &stream, const std::stop_token &stop)
{
    constexpr std::size_t piece = 65'536, longestLine = 16 * piece;
    std::vector<std::byte> text(piece);
    std::size_t filled = 0;
    while (true) {
        if (stop.stop_requested())
            return ECANCELED;
        if (filled == text.size() && filled >= longestLine)
            return EFBIG;
        if (filled == text.size())
            text.resize(text.size() * 2); // a single line that long
        const ssize_t size = read(file, text.data() + filled, text.size() - filled);
        if (size < 0 && errno == EINTR)
            continue;
        if (size < 0)
            return errno;
        filled += static_cast<std::size_t>(size);
        const auto begin = text.begin();
        const auto end = begin + static_cast<std::ptrdiff_t>(filled);
        auto whole = end;
        if (size > 0)
            whole
                = std::find(std::make_reverse_iterator(end), std::make_reverse_iterator(begin), std::byte('\n')).base();
        if (whole != begin)
            stream.datagram(std::span(text.data(), static_cast<std::size_t>(whole - begin)));
        std::move(whole, end, begin);
        filled = static_cast<std::size_t>(end - whole);
        if (size == 0)
            return 0;
    }
}

DumpEnding readNetFile(const std::string &folder, const Scope &scope, Sink &sink, const std::stop_token &stop)
{
    DumpEnding ending;
    const auto stream = sink.dump(scope);
    ending.began = std::chrono::steady_clock::now();
    const FileDescriptor file(open((folder + '/' + scope.file.toStdString()).c_str(), O_RDONLY | O_NOCTTY | O_CLOEXEC));
    ending.error = file ? readLines(file.get(), *stream, stop) : errno;
    ending.end = endFor(ending.error);
    ending.ended = std::chrono::steady_clock::now();
    stream->ended(ending);
    return ending;
}

} // namespace socktree
