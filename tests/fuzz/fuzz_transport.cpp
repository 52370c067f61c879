// SPDX-License-Identifier: GPL-3.0-or-later
// What a kernel answers to a request: only whole messages that are answers reach the sink, no key of a TCP-MD5
// signature does, and the dump ends.
// Input: a byte of flags; then receives, each a byte of what goes wrong and a piece with the datagram.
#include "collector/capture/netlink_transport.h"
#include "collector/capture/secrets.h"
#include "collector/decode/inet_message.h"
#include "collector/decode/message_walk.h"
#include "tests/fuzz/answers.h"
#include "tests/fuzz/fuzz.h"

#include <linux/netlink.h>

#include <algorithm>
#include <cerrno>
#include <vector>

using namespace socktree;
using namespace socktree::fuzz;

namespace {

constexpr quint32 sequence = 1, port = 2; // as in the seeds

enum Trouble : quint8 { fails = 1, truncated = 2, byStranger = 4 };

class HostileKernel final : public DiagSocket
{
public:
    explicit HostileKernel(Input &input) : m_input(input) { }
    Result<void> send(std::span<const std::byte>) override { return {}; }
    Result<Received> receive(std::span<std::byte> buffer) override
    {
        if (m_input.atEnd())
            return tl::make_unexpected(SystemError{ETIMEDOUT, "receive"});
        const quint8 trouble = m_input.byte();
        if (trouble & fails)
            return tl::make_unexpected(SystemError{trouble & truncated ? EINTR : ENOBUFS, "receive"});
        const Bytes bytes = m_input.piece();
        std::copy_n(bytes.begin(), std::min(bytes.size(), buffer.size()), buffer.begin());
        // With MSG_TRUNC a receive may tell a size that is larger than the buffer.
        return Received{bytes.size(), (trouble & truncated) != 0, trouble & byStranger ? 7u : 0u};
    }
    quint32 port() const override { return ::port; }
    quint64 netnsCookie() const override { return 1; }

private:
    Input &m_input;
};

class CheckingSink final : public DumpSink
{
public:
    void datagram(Bytes bytes) override
    {
        require(ends == 0, "nothing comes after the end");
        require(!bytes.empty(), "no datagram is empty");
        const Bytes rest = walkMessages(bytes, [](const NetlinkMessage &message) {
            require(message.sequence == sequence && message.port == ::port, "only answers come");
            require(message.type >= NLMSG_MIN_TYPE, "no message of control comes");
        });
        require(rest.empty(), "only whole messages come");
        requireNoKeys(bytes);
    }
    void ended(const DumpEnding &ending) override
    {
        ++ends;
        told = ending;
    }
    int ends = 0;
    DumpEnding told;
};

void requireAttributesKept(Bytes before, Bytes after)
{
    require(std::equal(before.begin(), before.begin() + inetFixedSize, after.begin()), "the fixed part stays as it is");
    walkAttributes(before.subspan(inetFixedSize), [&](const RawAttribute &attribute) {
        const Bytes same
            = after.subspan(std::size_t(attribute.payload.data() - before.data()), attribute.payload.size());
        require(attribute.number == inet::Md5Signatures
                || std::equal(attribute.payload.begin(), attribute.payload.end(), same.begin()),
            "attributes that are no keys stay as they are");
    });
}

/// Only keys are zeroed: what is not in such an attribute stays as it is.
void checkZeroing(Bytes sent)
{
    std::vector<std::byte> once(sent.begin(), sent.end());
    zeroKeys(once);
    std::vector<std::byte> twice(once);
    zeroKeys(twice);
    require(once == twice, "what was zeroed stays as it is");
    std::size_t seen = 0;
    walkMessages(sent, [&](const NetlinkMessage &message) {
        const auto at = std::size_t(message.payload.data() - sent.data());
        require(std::equal(sent.begin() + std::ptrdiff_t(seen), sent.begin() + std::ptrdiff_t(at),
                    once.begin() + std::ptrdiff_t(seen)),
            "headers stay as they are");
        seen = at + message.payload.size();
        if (mayHaveKeys(message))
            return requireAttributesKept(message.payload, Bytes(once).subspan(at, message.payload.size()));
        require(std::equal(message.payload.begin(), message.payload.end(), once.begin() + std::ptrdiff_t(at)),
            "messages that have no keys stay as they are");
    });
    for (std::size_t i = 0; i < sent.size(); ++i)
        require(once[i] == sent[i] || once[i] == std::byte(0), "bytes are zeroed or stay as they are");
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t *data, std::size_t size)
{
    Input input(data, size);
    const bool looksUp = input.byte() & 1;
    Input again = input;
    while (!again.atEnd()) {
        again.byte();
        checkZeroing(again.piece());
    }
    HostileKernel kernel(input);
    nlmsghdr asked{};
    asked.nlmsg_len = sizeof asked;
    asked.nlmsg_seq = sequence;
    const auto request = std::as_bytes(std::span(&asked, 1));
    if (looksUp) {
        const auto answer = lookUp(kernel, request);
        require(answer || answer.error().error != 0, "who is not there is not there for a reason");
        return 0;
    }
    CheckingSink sink;
    const DumpEnding ending = dump(kernel, request, sink, {});
    require(sink.ends == 1, "a dump ends once");
    require(sink.told.end == ending.end && sink.told.error == ending.error, "both are told the same ending");
    require(ending.end != DumpEnd::Complete || ending.error == 0, "a complete dump has no error");
    return 0;
}
