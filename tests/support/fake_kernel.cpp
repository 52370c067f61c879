// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/fake_kernel.h"

#include "tests/support/message_builder.h"

#include <QtCore/QMutexLocker>

#include <linux/netlink.h>
#include <sys/socket.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <deque>

namespace socktree::test {

namespace {

class FakeDiagSocket final : public DiagSocket
{
public:
    FakeDiagSocket(Kernel kernel, quint32 port, quint64 netnsCookie)
        : m_kernel(std::move(kernel)), m_port(port), m_netnsCookie(netnsCookie)
    {
    }

    Result<void> send(std::span<const std::byte> request) override
    {
        nlmsghdr header;
        if (request.size() < sizeof header + 2)
            return tl::make_unexpected(SystemError{EINVAL, "request too short"});
        std::memcpy(&header, request.data(), sizeof header);
        Asked asked;
        asked.bytes = QByteArray(reinterpret_cast<const char *>(request.data()), qsizetype(request.size()));
        asked.family = std::to_integer<quint8>(request[sizeof header]);
        asked.protocol = std::to_integer<quint8>(request[sizeof header + 1]);
        asked.sequence = header.nlmsg_seq;
        asked.port = m_port;
        asked.isDump = (header.nlmsg_flags & NLM_F_DUMP) == NLM_F_DUMP;
        for (Answer &answer : m_kernel(asked))
            m_waiting.push_back(std::move(answer));
        return {};
    }

    Result<Received> receive(std::span<std::byte> buffer) override
    {
        if (m_waiting.empty())
            return tl::make_unexpected(SystemError{ETIMEDOUT, "no answer"});
        const Answer next = std::move(m_waiting.front());
        m_waiting.pop_front();
        if (next.error != 0)
            return tl::make_unexpected(SystemError{next.error, "receive"});
        const auto size = std::min(std::size_t(next.bytes.size()), buffer.size());
        std::memcpy(buffer.data(), next.bytes.constData(), size);
        return Received{.size = size,
            .truncated = next.truncated || size < std::size_t(next.bytes.size()),
            .senderPort = next.senderPort};
    }

    quint32 port() const override { return m_port; }
    quint64 netnsCookie() const override { return m_netnsCookie; }

private:
    Kernel m_kernel;
    quint32 m_port;
    quint64 m_netnsCookie;
    std::deque<Answer> m_waiting;
};

} // namespace

std::unique_ptr<DiagSocket> connectTo(Kernel kernel, quint32 port, quint64 netnsCookie)
{
    return std::make_unique<FakeDiagSocket>(std::move(kernel), port, netnsCookie);
}

/// Where the cookie lies in a request for one socket, and in a message that describes one.
static QByteArray cookieIn(const QByteArray &bytes, quint8 family, bool isRequest)
{
    if (isRequest)
        return bytes.mid(qsizetype(sizeof(nlmsghdr)) + (family == AF_UNIX ? 16 : 48), 8);
    return bytes.mid(family == AF_UNIX ? 8 : 44, 8);
}

void FakeKernel::set(quint8 family, quint8 protocol, std::vector<QByteArray> messages)
{
    const QMutexLocker lock(&m_mutex);
    m_messages[{family, protocol}] = std::move(messages);
}

void FakeKernel::misbehave(quint8 family, quint8 protocol, Kernel instead, int times)
{
    const QMutexLocker lock(&m_mutex);
    m_instead[{family, protocol}] = {std::move(instead), times};
}

void FakeKernel::refuse(int error)
{
    const QMutexLocker lock(&m_mutex);
    m_refusal = error;
}

std::vector<Answer> FakeKernel::answer(const Asked &asked)
{
    const QMutexLocker lock(&m_mutex);
    m_requests.push_back(asked);
    const Key key{asked.family, asked.protocol};
    if (const auto instead = m_instead.find(key); instead != m_instead.end() && instead->second.times != 0) {
        if (instead->second.times > 0)
            --instead->second.times;
        return instead->second.kernel(asked);
    }
    const auto messages = m_messages.find(key);
    if (messages == m_messages.end())
        return {{.bytes = done(asked.sequence, asked.port, -ENOENT)}};
    if (!asked.isDump) {
        const QByteArray wanted = cookieIn(asked.bytes, asked.family, true);
        for (const QByteArray &message : messages->second)
            if (cookieIn(message, asked.family, false) == wanted)
                return {{.bytes = datagram({message}, asked.sequence, asked.port)}};
        return {{.bytes = netlinkError(asked.sequence, asked.port, -ENOENT)}};
    }
    std::vector<Answer> answers;
    if (!messages->second.empty())
        answers.push_back({.bytes = datagram(messages->second, asked.sequence, asked.port)});
    answers.push_back({.bytes = done(asked.sequence, asked.port)});
    return answers;
}

Result<std::unique_ptr<DiagSocket>> FakeKernel::dial()
{
    const QMutexLocker lock(&m_mutex);
    if (m_refusal != 0)
        return tl::make_unexpected(SystemError{m_refusal, "socket(AF_NETLINK)"});
    ++m_dialled;
    return connectTo([this](const Asked &asked) { return answer(asked); }, 4710 + quint32(m_dialled));
}

int FakeKernel::dialled() const
{
    const QMutexLocker lock(&m_mutex);
    return m_dialled;
}

std::vector<Asked> FakeKernel::requests() const
{
    const QMutexLocker lock(&m_mutex);
    return m_requests;
}

} // namespace socktree::test
