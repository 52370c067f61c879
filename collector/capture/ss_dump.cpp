// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/ss_dump.h"

#include "collector/capture/byte_source.h"
#include "collector/capture/frames.h"
#include "collector/capture/replay.h"
#include "collector/capture/secrets.h"

#include <linux/inet_diag.h>
#include <linux/sock_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <cerrno>
#include <vector>

namespace socktree {

namespace {

/// No message of a dump is longer than the kernel's largest piece of one.
constexpr quint32 mostMessage = 1 << 20;

bool describesSocket(quint16 type)
{
    return type == SOCK_DIAG_BY_FAMILY || type == TCPDIAG_GETSOCK;
}

/// One family's messages of one part, gathered to datagrams.
class Part
{
public:
    void open(Sink &sink, quint8 family)
    {
        if (!m_sink)
            m_sink = sink.dump({.family = family, .protocol = IPPROTO_TCP});
    }
    bool isOpen() const { return m_sink != nullptr; }

    void add(std::span<const std::byte> message)
    {
        constexpr std::size_t datagramSize = 32768;
        m_bytes.insert(m_bytes.end(), message.begin(), message.end());
        m_bytes.resize(netlinkAligned(m_bytes.size()));
        if (m_bytes.size() >= datagramSize)
            flush();
    }

    void end(DumpEnd end, int error)
    {
        if (!m_sink)
            return;
        flush();
        m_sink->ended({.end = end, .error = error});
        m_sink.reset();
    }

private:
    void flush()
    {
        if (m_bytes.empty())
            return;
        zeroKeys(m_bytes);
        m_sink->datagram(m_bytes);
        m_bytes.clear();
    }

    std::unique_ptr<DumpSink> m_sink;
    std::vector<std::byte> m_bytes;
};

class SsDumpReader
{
public:
    SsDumpReader(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result)
        : m_source(source), m_sink(sink), m_limits(limits), m_result(result), m_faults(result, limits.faults)
    {
    }

    void read()
    {
        m_sink.host({});
        while (readMessage()) { }
        endPart(m_intact ? m_end : DumpEnd::Truncated, m_error);
        m_result.complete = m_result.faults.empty();
        m_faults.tell(m_sink);
        m_sink.finished(SteadyTime());
    }

private:
    bool readMessage();
    bool stop(const QByteArray &what) { return stopAt(m_source.offset(), what); }
    /// The file ends so many bytes after this place.
    bool endsIn(std::size_t left, const QByteArray &what)
    {
        return stopAt(m_source.offset() + left, "the file ends here, " + what + ", " + place(), true);
    }
    bool stopAt(quint64 offset, const QByteArray &what, bool isEnd = false)
    {
        m_intact = false;
        if (m_source.error().isEmpty())
            m_faults.add(offset, what, isEnd);
        else
            m_faults.add(offset, "it cannot be read: " + m_source.error());
        return false;
    }
    QByteArray place() const;
    void take(const nlmsghdr &header, std::span<const std::byte> message);
    void takeSocket(std::span<const std::byte> message);
    void takeDone(const nlmsghdr &header, std::span<const std::byte> payload);
    void endPart(DumpEnd end, int error);

    ByteSource &m_source;
    Sink &m_sink;
    const CaptureLimits &m_limits;
    CaptureReadResult &m_result;
    capture::Faults m_faults;
    std::array<Part, 2> m_parts; ///< IPv4, IPv6
    int m_dones = 0;
    DumpEnd m_end = DumpEnd::Complete; ///< of the part that is under way, unless DONE says worse
    int m_error = 0;
    bool m_intact = true;
};

bool SsDumpReader::readMessage()
{
    const auto front = m_source.peek(sizeof(nlmsghdr));
    if (front.empty() && m_source.error().isEmpty()) {
        // The parts end with DONE, so an end that comes while one is under way is none.
        if (m_dones == 0 || m_parts[0].isOpen() || m_parts[1].isOpen())
            return endsIn(0, "before the list does");
        return false;
    }
    if (front.size() < sizeof(nlmsghdr))
        return endsIn(front.size(), "in the middle of the head of a message");
    nlmsghdr header;
    std::memcpy(&header, front.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > mostMessage)
        return stop("no netlink message is here");
    if (m_source.offset() + header.nlmsg_len > m_limits.bytes)
        return stop("it holds more than we take in; the rest is left unread");
    const auto message = m_source.peek(header.nlmsg_len);
    if (message.size() < header.nlmsg_len)
        return endsIn(message.size(),
            "in the middle of a message of " + QByteArray::number(header.nlmsg_len) + " bytes that begins at byte "
                + QByteArray::number(m_source.offset()));
    take(header, message);
    m_source.pass(netlinkAligned(header.nlmsg_len));
    return true;
}

QByteArray SsDumpReader::place() const
{
    const bool of4 = m_parts[0].isOpen(), of6 = m_parts[1].isOpen();
    if (of4 && of6)
        return "within the list of tcp over ipv4 and ipv6";
    if (of4 || of6)
        return of4 ? "within the list of tcp over ipv4" : "within the list of tcp over ipv6";
    if (m_dones == 0)
        return "before anything could be read";
    return m_dones == 1 ? QByteArray("after one list") : "after " + QByteArray::number(m_dones) + " lists";
}

void SsDumpReader::take(const nlmsghdr &header, std::span<const std::byte> message)
{
    if (header.nlmsg_flags & NLM_F_DUMP_INTR)
        m_end = DumpEnd::Interrupted;
    if (describesSocket(header.nlmsg_type)) {
        takeSocket(message);
    } else if (header.nlmsg_type == NLMSG_DONE) {
        takeDone(header, message.subspan(sizeof header));
    } else if (header.nlmsg_type == NLMSG_ERROR) {
        m_end = DumpEnd::Failed;
        m_error = errnoIn(message.subspan(sizeof header), 0);
    } else if (header.nlmsg_type != NLMSG_NOOP) {
        ++m_result.skipped;
    }
}

void SsDumpReader::takeSocket(std::span<const std::byte> message)
{
    const auto family = numberAt<quint8>(message, sizeof(nlmsghdr)).value_or(0);
    if (family != AF_INET && family != AF_INET6) {
        m_faults.add(m_source.offset(), "a message is of no TCP socket, and is left out");
        return;
    }
    Part &part = m_parts[family == AF_INET ? 0 : 1];
    part.open(m_sink, family);
    part.add(message);
    ++m_result.records;
}

void SsDumpReader::takeDone(const nlmsghdr &, std::span<const std::byte> payload)
{
    // Nothing was found of the family whose turn it is.
    if (!m_parts[0].isOpen() && !m_parts[1].isOpen() && m_dones < 2)
        m_parts[static_cast<std::size_t>(m_dones)].open(m_sink, m_dones == 0 ? AF_INET : AF_INET6);
    const int error = errnoIn(payload, 0);
    if (error == ENOENT)
        m_end = DumpEnd::Unsupported;
    else if (error != 0)
        m_end = DumpEnd::Failed;
    endPart(m_end, error);
    ++m_dones;
}

void SsDumpReader::endPart(DumpEnd end, int error)
{
    for (Part &part : m_parts)
        part.end(end, error);
    m_end = DumpEnd::Complete;
    m_error = 0;
}

} // namespace

bool isSsDump(std::span<const std::byte> front)
{
    nlmsghdr header;
    if (front.size() < sizeof header)
        return false;
    std::memcpy(&header, front.data(), sizeof header);
    if (header.nlmsg_len < sizeof header || header.nlmsg_len > mostMessage)
        return false;
    if (describesSocket(header.nlmsg_type)) {
        const auto family = numberAt<quint8>(front, sizeof header);
        return family && (*family == AF_INET || *family == AF_INET6)
            && header.nlmsg_len >= sizeof header + sizeof(inet_diag_msg);
    }
    return (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) && header.nlmsg_len <= ssDumpFront;
}

void readSsDump(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result)
{
    result.format = CaptureFormat::SsDump;
    SsDumpReader(source, sink, limits, result).read();
}

} // namespace socktree
