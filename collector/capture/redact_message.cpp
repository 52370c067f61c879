// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/redact_message.h"

#include "collector/capture/frames.h"

#include <linux/inet_diag.h>
#include <linux/packet_diag.h>
#include <linux/smc_diag.h>
#include <linux/sock_diag.h>
#include <linux/unix_diag.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace socktree {

namespace {

using Bytes = std::span<std::byte>;

constexpr quint16 attributeTypeMask = 0x3fff;
constexpr quint8 familyTipc = 30, familyVsock = 40, familySmc = 43, familyXdp = 44, familyAlg = 38;
constexpr quint16 sockOpt = 22; // of INET_DIAG, newer than some headers

void zero(Bytes bytes, std::size_t offset, std::size_t count = std::size_t(-1))
{
    if (offset < bytes.size())
        std::fill_n(
            bytes.begin() + static_cast<std::ptrdiff_t>(offset), std::min(count, bytes.size() - offset), std::byte{0});
}

Bytes part(Bytes bytes, std::size_t offset, std::size_t size)
{
    offset = std::min(offset, bytes.size());
    return bytes.subspan(offset, std::min(size, bytes.size() - offset));
}

/// In place; false: nothing is known of such addresses.
bool redactInPlace(Bytes address, Pseudonyms &pseudonyms)
{
    constexpr quint16 unspecified = 0;
    switch (numberAt<quint16>(address, 0).value_or(unspecified)) {
    case unspecified: zero(address, 0); return true;
    case AF_INET:
        pseudonyms.replaceFour(part(address, 4, 4));
        zero(address, 8);
        return true;
    case AF_INET6:
        pseudonyms.replaceSixteen(part(address, 8, 16));
        zero(address, 28);
        return true;
    case AF_NETLINK:
    case familyTipc:
    case familyVsock:
    case familyXdp:
    case familyAlg: return true;
    default: zero(address, 2); return false;
    }
}

/// The 16 bytes that stand for an address of either family in inet_diag.
void redactEnd(Bytes address, bool isFour, Pseudonyms &pseudonyms)
{
    if (isFour) {
        pseudonyms.replaceFour(part(address, 0, 4));
        zero(address, 4);
    } else {
        pseudonyms.replaceSixteen(address);
    }
}

void redactEach(Bytes elements, std::size_t size, auto &&redact)
{
    for (; !elements.empty(); elements = elements.subspan(std::min(size, elements.size())))
        redact(part(elements, 0, size));
}

/// In place; false: the attribute is left out.
using RedactAttribute = bool (*)(quint16 number, Bytes payload, quint16 protocol, Pseudonyms &pseudonyms);

bool redactInet(quint16 number, Bytes payload, quint16 protocol, Pseudonyms &pseudonyms)
{
    constexpr std::size_t storageSize = 128, primaryPeer = 168; // the latter in sctp_info
    constexpr std::size_t keySize = 100, keyAddress = 4;        // struct tcp_diag_md5sig
    switch (number) {
    case INET_DIAG_LOCALS:
    case INET_DIAG_PEERS:
        redactEach(payload, storageSize, [&](Bytes one) { redactInPlace(one, pseudonyms); });
        return true;
    case INET_DIAG_MD5SIG:
        redactEach(payload, keySize, [&](Bytes one) {
            redactEnd(part(one, keyAddress, 16), numberAt<quint8>(one, 0) == quint8(AF_INET), pseudonyms);
        });
        return true;
    case INET_DIAG_INFO:
        if (protocol == IPPROTO_SCTP)
            redactInPlace(part(payload, primaryPeer, storageSize), pseudonyms);
        return true;
    case INET_DIAG_SK_BPF_STORAGES: return false; // whatever some program put there
    default: return number >= INET_DIAG_MEMINFO && number <= sockOpt;
    }
}

bool redactUnix(quint16 number, Bytes, quint16, Pseudonyms &)
{
    constexpr quint16 uid = 7;
    return number != UNIX_DIAG_NAME && number <= uid; // the name changes its length, so it is made elsewhere
}

bool redactPacket(quint16 number, Bytes payload, quint16, Pseudonyms &)
{
    constexpr std::size_t listEntry = 44, hardwareAddress = 12, instruction = 8, constant = 4;
    switch (number) {
    case PACKET_DIAG_MCLIST: redactEach(payload, listEntry, [](Bytes one) { zero(one, hardwareAddress); }); return true;
    case PACKET_DIAG_FILTER: // "host 192.0.2.1" is a constant of the program
        redactEach(payload, instruction, [](Bytes one) { zero(one, constant); });
        return true;
    default: return number < PACKET_DIAG_FILTER;
    }
}

bool redactSmc(quint16 number, Bytes payload, quint16, Pseudonyms &)
{
    constexpr quint16 fallback = 5;
    constexpr std::size_t identifiers = 66, ofIdentifiers = 80; // GIDs as text
    if (number == SMC_DIAG_LGRINFO)
        zero(payload, identifiers, ofIdentifiers);
    return number == SMC_DIAG_CONNINFO || number == SMC_DIAG_LGRINFO || number == SMC_DIAG_SHUTDOWN
        || number == fallback;
}

bool keepsAll(quint16, Bytes, quint16, Pseudonyms &)
{
    return true;
}

struct Layout {
    quint8 family;
    std::size_t fixed; ///< bytes before the attributes
    bool hasEnds;      ///< inet_diag_sockid is at 4
    RedactAttribute redact;
};
constexpr Layout layouts[] = {
    {AF_INET, 72, true, redactInet},
    {AF_INET6, 72, true, redactInet},
    {AF_UNIX, 16, false, redactUnix},
    {AF_PACKET, 16, false, redactPacket},
    {AF_NETLINK, 28, false, keepsAll},
    {familyVsock, 32, false, keepsAll},
    {familyXdp, 16, false, keepsAll},
    {familySmc, 64, true, redactSmc},
    {familyTipc, 0, false, keepsAll},
};

void append(std::vector<std::byte> &out, std::span<const std::byte> bytes)
{
    out.insert(out.end(), bytes.begin(), bytes.end());
    out.resize(netlinkAligned(out.size()));
}

void appendAttribute(std::vector<std::byte> &out, quint16 type, std::span<const std::byte> payload)
{
    const quint16 head[] = {static_cast<quint16>(payload.size() + sizeof(quint16[2])), type};
    append(out, std::as_bytes(std::span(head)));
    append(out, payload);
}

/// Without its nlmsghdr.
std::optional<std::vector<std::byte>> redactMessage(
    std::span<const std::byte> message, quint8 family, quint16 protocol, Pseudonyms &pseudonyms)
{
    // TIPC's alone do not begin with their family.
    const quint8 told = family == familyTipc ? family : numberAt<quint8>(message, 0).value_or(0);
    const auto layout = std::find_if(
        std::begin(layouts), std::end(layouts), [told](const Layout &one) { return one.family == told; });
    if (layout == std::end(layouts) || message.size() < layout->fixed)
        return std::nullopt;
    std::vector<std::byte> made;
    append(made, message.first(layout->fixed));
    if (layout->hasEnds) {
        for (const std::size_t offset : {8u, 24u}) {
            const Bytes end = Bytes(made).subspan(offset, 16);
            const Bytes behindFour = end.subspan(4);
            const bool isFour = told == AF_INET
                || (told == familySmc && std::all_of(behindFour.begin(), behindFour.end(), [](std::byte one) {
                       return one == std::byte{0};
                   }));
            redactEnd(end, isFour, pseudonyms);
        }
    }
    for (auto rest = message.subspan(std::min(netlinkAligned(layout->fixed), message.size())); rest.size() >= 4;) {
        const quint16 length = *numberAt<quint16>(rest, 0);
        const quint16 type = *numberAt<quint16>(rest, 2);
        if (length < 4 || length > rest.size())
            break; // no whole attribute
        std::vector<std::byte> payload(rest.begin() + 4, rest.begin() + length);
        const auto number = static_cast<quint16>(type & attributeTypeMask);
        if (layout->redact(number, payload, protocol, pseudonyms)) {
            appendAttribute(made, type, payload);
        } else if (told == AF_UNIX && number == UNIX_DIAG_NAME) {
            const QByteArray name = pseudonyms.ofName(
                QByteArray(reinterpret_cast<const char *>(payload.data()), static_cast<qsizetype>(payload.size())));
            appendAttribute(made, type, std::as_bytes(std::span(name.constData(), std::size_t(name.size()))));
        }
        rest = rest.subspan(std::min(netlinkAligned(length), rest.size()));
    }
    return made;
}

} // namespace

std::vector<std::byte> redactDatagram(
    std::span<const std::byte> datagram, quint8 family, quint16 protocol, Pseudonyms &pseudonyms, quint64 &dropped)
{
    std::vector<std::byte> made;
    while (const auto frame = frameAt(datagram)) {
        nlmsghdr header = frame->header;
        const auto payload = datagram.subspan(sizeof header, frame->size - sizeof header);
        datagram = datagram.subspan(frame->advance);
        std::optional<std::vector<std::byte>> redacted;
        if (header.nlmsg_type == NLMSG_DONE || header.nlmsg_type == NLMSG_ERROR) // behind the number: what was asked
            redacted.emplace(
                payload.begin(), payload.begin() + std::ptrdiff_t(std::min<std::size_t>(4, payload.size())));
        else if (header.nlmsg_type == SOCK_DIAG_BY_FAMILY || header.nlmsg_type == TCPDIAG_GETSOCK)
            redacted = redactMessage(payload, family, protocol, pseudonyms);
        if (!redacted) {
            ++dropped;
            continue;
        }
        header.nlmsg_len = static_cast<quint32>(sizeof header + redacted->size());
        append(made, std::as_bytes(std::span(&header, 1)));
        append(made, *redacted);
    }
    return made;
}

QByteArray redactSocketAddress(const QByteArray &address, Pseudonyms &pseudonyms)
{
    QByteArray made = address;
    const Bytes bytes = std::as_writable_bytes(std::span(made.data(), std::size_t(made.size())));
    const auto family = numberAt<quint16>(bytes, 0);
    if (!family)
        return {};
    if (*family == AF_UNIX)
        return made.first(2) + pseudonyms.ofName(made.sliced(2));
    if (*family == AF_PACKET) {
        constexpr std::size_t hardwareAddress = 12; // of struct sockaddr_ll
        zero(bytes, hardwareAddress);
        return made;
    }
    return redactInPlace(bytes, pseudonyms) ? made : QByteArray();
}

} // namespace socktree
