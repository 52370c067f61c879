// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/netlink_transport.h"

#include "collector/capture/frames.h"
#include "collector/capture/secrets.h"

#include <array>
#include <cerrno>
#include <memory>

namespace socktree {

// The kernel fills at most 32 KiB, and sizes its datagrams by the longest buffer it has seen on the socket.
static constexpr std::size_t bufferSize = 65'536;

static DumpEnd endFor(int error)
{
    switch (error) {
    case 0: return DumpEnd::Complete;
    case ENOENT: return DumpEnd::Unsupported;
    case EPERM:
    case EACCES: return DumpEnd::Refused;
    case ENOBUFS:
    case ECANCELED: return DumpEnd::Interrupted;
    default: return DumpEnd::Failed;
    }
}

namespace {

/// One dump under way.
class Answers
{
public:
    Answers(quint32 sequence, quint32 port, DumpSink &sink) : m_sequence(sequence), m_port(port), m_sink(sink) { }

    bool ended() const { return m_ended; }

    /// Hands on the runs of messages that are ours.
    void take(std::span<const std::byte> datagram)
    {
        std::size_t at = 0;
        std::size_t runBegins = 0;
        const auto handOnRun = [&] {
            if (at > runBegins)
                m_sink.datagram(datagram.subspan(runBegins, at - runBegins));
        };
        while (at < datagram.size() && !m_ended) {
            const auto frame = frameAt(datagram.subspan(at));
            if (!frame) {
                m_truncated = true;
                break;
            }
            const bool ours = frame->header.nlmsg_seq == m_sequence && frame->header.nlmsg_pid == m_port;
            if (!ours)
                ++m_strangers;
            if (!ours || control(*frame, datagram.subspan(at + sizeof(nlmsghdr), frame->size - sizeof(nlmsghdr)))) {
                handOnRun();
                runBegins = at + frame->advance;
            }
            at += frame->advance;
        }
        handOnRun();
    }

    void stranger() { ++m_strangers; }
    void lost() { m_truncated = true; }

    /// 0 for a good end.
    void end(int error)
    {
        m_error = error;
        m_ended = true;
    }

    DumpEnding ending() const
    {
        DumpEnding result;
        result.error = m_error;
        result.strangers = m_strangers;
        result.end = m_error != 0 ? endFor(m_error)
            : m_truncated         ? DumpEnd::Truncated
            : m_interrupted       ? DumpEnd::Interrupted
                                  : DumpEnd::Complete;
        return result;
    }

private:
    /// Whether the message is about the dump and not about a socket. NLM_F_MULTI is not looked at: kernels forget it.
    bool control(const Frame &frame, std::span<const std::byte> payload)
    {
        if (frame.header.nlmsg_flags & NLM_F_DUMP_INTR)
            m_interrupted = true;
        switch (frame.header.nlmsg_type) {
        case NLMSG_NOOP: return true;
        case NLMSG_OVERRUN: m_interrupted = true; return true;
        case NLMSG_DONE:
            // Its payload is how a protocol without a handler says so; kernels before 4.14 send none.
            end(errnoIn(payload, 0));
            return true;
        case NLMSG_ERROR:
            if (const int error = errnoIn(payload, EBADMSG)) // 0 is an acknowledgement
                end(error);
            return true;
        default: return frame.header.nlmsg_type < NLMSG_MIN_TYPE; // reserved for more of the kind
        }
    }

    quint32 m_sequence;
    quint32 m_port;
    DumpSink &m_sink;
    quint32 m_strangers = 0;
    int m_error = 0;
    bool m_ended = false;
    bool m_truncated = false;
    bool m_interrupted = false;
};

} // namespace

static void receiveAll(
    DiagSocket &socket, std::span<const std::byte> request, Answers &answers, const std::stop_token &stop)
{
    if (const auto sent = socket.send(request); !sent)
        return answers.end(sent.error().error);
    const auto buffer = std::make_unique_for_overwrite<std::byte[]>(bufferSize);
    while (!answers.ended()) {
        if (stop.stop_requested())
            return answers.end(ECANCELED);
        // After ENOBUFS the kernel does not go on by itself: waiting for DONE would be waiting for the timeout.
        const auto received = socket.receive({buffer.get(), bufferSize});
        if (!received && received.error().error == EINTR)
            continue;
        if (!received)
            return answers.end(received.error().error);
        const std::span<std::byte> datagram(buffer.get(), std::min(received->size, bufferSize));
        zeroKeys(datagram);
        if (received->senderPort != 0) {
            answers.stranger();
            continue;
        }
        if (received->truncated)
            answers.lost();
        answers.take(datagram);
    }
}

/// What the datagram says of this one socket; nothing if it is no answer to it.
static std::optional<int> errorIn(std::span<const std::byte> datagram, quint32 sequence, quint32 port)
{
    while (const auto frame = frameAt(datagram)) {
        const nlmsghdr &header = frame->header;
        if (header.nlmsg_seq == sequence && header.nlmsg_pid == port) {
            if (header.nlmsg_type == NLMSG_ERROR)
                return errnoIn(datagram.subspan(sizeof header, frame->size - sizeof header), EBADMSG);
            if (header.nlmsg_type >= NLMSG_MIN_TYPE)
                return 0;
        }
        datagram = datagram.subspan(frame->advance);
    }
    return std::nullopt;
}

Result<void> lookUp(DiagSocket &socket, std::span<const std::byte> request)
{
    constexpr int mostStrangers = 16;
    const auto asked = frameAt(request);
    if (!asked)
        return tl::make_unexpected(SystemError{EINVAL, "lookup"});
    if (auto sent = socket.send(request); !sent)
        return sent;
    // One message, and only what tells that it is there is looked at: its attributes may be cut off.
    std::array<std::byte, 4096> buffer;
    for (int received = 0; received < mostStrangers; ++received) {
        const auto got = socket.receive(buffer);
        if (!got && got.error().error == EINTR)
            continue;
        if (!got)
            return tl::make_unexpected(got.error());
        const std::span<std::byte> datagram(buffer.data(), std::min(got->size, buffer.size()));
        zeroKeys(datagram);
        if (got->senderPort != 0)
            continue;
        if (const auto error = errorIn(datagram, asked->header.nlmsg_seq, socket.port()))
            return *error == 0 ? Result<void>() : tl::make_unexpected(SystemError{*error, "lookup"});
    }
    return tl::make_unexpected(SystemError{EBADMSG, "lookup"});
}

DumpEnding dump(DiagSocket &socket, std::span<const std::byte> request, DumpSink &sink, const std::stop_token &stop)
{
    const SteadyTime began = std::chrono::steady_clock::now();
    const auto asked = frameAt(request);
    Answers answers(asked ? asked->header.nlmsg_seq : 0, socket.port(), sink);
    if (asked)
        receiveAll(socket, request, answers, stop);
    else
        answers.end(EINVAL);
    DumpEnding ending = answers.ending();
    ending.began = began;
    ending.ended = std::chrono::steady_clock::now();
    sink.ended(ending);
    return ending;
}

} // namespace socktree
