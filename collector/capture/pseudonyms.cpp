// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/pseudonyms.h"

#include <QtCore/QMutexLocker>
#include <QtCore/QtEndian>

#include <algorithm>
#include <cstring>
#include <optional>

namespace socktree {

namespace {

enum Kind : quint8 { Plain4, Link4, Group4, Plain6, Link6, Group6, Path, Abstract };

template <typename Array> QByteArray keyOf(const Array &address)
{
    return QByteArray(reinterpret_cast<const char *>(address.data()), static_cast<qsizetype>(address.size()));
}

Pseudonyms::Four four(quint32 number)
{
    Pseudonyms::Four made;
    qToBigEndian(number, made.data());
    return made;
}

bool isZero(std::span<const quint8> bytes)
{
    return std::all_of(bytes.begin(), bytes.end(), [](quint8 byte) { return byte == 0; });
}

} // namespace

quint32 Pseudonyms::number(quint8 kind, const QByteArray &key)
{
    const QMutexLocker lock(&m_mutex);
    quint32 &number = m_numbers[{kind, key}];
    if (number == 0)
        number = ++m_used[kind];
    return number;
}

/// IPv4 in IPv6; nothing of other addresses.
static std::optional<Pseudonyms::Four> innerOf(const Pseudonyms::Sixteen &address)
{
    const bool mapped = isZero(std::span(address).first(10)) && address[10] == 0xff && address[11] == 0xff;
    return mapped ? std::optional(Pseudonyms::Four{address[12], address[13], address[14], address[15]}) : std::nullopt;
}

bool Pseudonyms::keeps(const Four &address)
{
    constexpr quint32 any = 0, broadcast = 0xffff'ffff, wellKnownGroups = 0xe000'0000;
    const auto value = qFromBigEndian<quint32>(address.data());
    return value == any || value == broadcast || address[0] == 127 || (value & ~0xffu) == wellKnownGroups;
}

bool Pseudonyms::keeps(const Sixteen &address)
{
    if (const auto inner = innerOf(address))
        return keeps(*inner);
    const std::span<const quint8> bytes(address);
    const bool anyOrLoopback = isZero(bytes.first(15)) && address[15] <= 1;
    return anyOrLoopback || (address[0] == 0xff && isZero(bytes.subspan(2, 12)));
}

Pseudonyms::Four Pseudonyms::of(const Four &address)
{
    if (keeps(address))
        return address;
    const auto value = qFromBigEndian<quint32>(address.data());
    const QByteArray key = keyOf(address);
    if (value >> 28 == 0xe)
        return four(0xef00'0000 | (number(Group4, key) & 0xff'ffff));
    if (value >> 16 == 0xa9fe)
        return four(0xa9fe'0000 | (number(Link4, key) & 0xffff));
    constexpr quint32 benchmarks = 0xc612'0000, ofBenchmarks = 0x1'ffff, reserved = 0xf000'0000;
    const quint32 place = number(Plain4, key);
    return four(place < ofBenchmarks ? benchmarks + place : reserved | (place & 0xfff'ffff));
}

Pseudonyms::Sixteen Pseudonyms::of(const Sixteen &address)
{
    if (keeps(address))
        return address;
    Sixteen made{};
    if (const auto mapped = innerOf(address)) {
        const Four inner = of(*mapped);
        made = address;
        std::copy(inner.begin(), inner.end(), made.begin() + 12);
        return made;
    }
    const QByteArray key = keyOf(address);
    quint8 kind = Plain6;
    if (address[0] == 0xff) {
        kind = Group6;
        made[0] = address[0];
        made[1] = address[1];
        made[2] = 0xff; // so that it is none of those
    } else if (address[0] == 0xfe && (address[1] & 0xc0) == 0x80) {
        kind = Link6;
        made[0] = 0xfe;
        made[1] = 0x80;
    } else {
        constexpr quint8 documentation[] = {0x20, 0x01, 0x0d, 0xb8};
        std::copy(std::begin(documentation), std::end(documentation), made.begin());
    }
    qToBigEndian(number(kind, key), made.data() + 12);
    return made;
}

QByteArray Pseudonyms::ofName(const QByteArray &name)
{
    // A path may come with the NUL that ends it.
    qsizetype size = name.size();
    const bool isAbstract = name.startsWith('\0');
    while (!isAbstract && size > 0 && name[size - 1] == '\0')
        --size;
    if (size == 0)
        return name;
    if (isAbstract)
        return QByteArray("\0withheld-", 10) + QByteArray::number(number(Abstract, name));
    const QByteArray folder = name.startsWith('/') ? "/withheld/" : "withheld-";
    return folder + QByteArray::number(number(Path, name.first(size))) + name.sliced(size);
}

void Pseudonyms::replaceFour(std::span<std::byte> address)
{
    Four bytes{};
    if (address.size() < bytes.size()) {
        std::fill(address.begin(), address.end(), std::byte{0});
        return;
    }
    std::memcpy(bytes.data(), address.data(), bytes.size());
    bytes = of(bytes);
    std::memcpy(address.data(), bytes.data(), bytes.size());
}

void Pseudonyms::replaceSixteen(std::span<std::byte> address)
{
    Sixteen bytes{};
    if (address.size() < bytes.size()) {
        std::fill(address.begin(), address.end(), std::byte{0});
        return;
    }
    std::memcpy(bytes.data(), address.data(), bytes.size());
    bytes = of(bytes);
    std::memcpy(address.data(), bytes.data(), bytes.size());
}

} // namespace socktree
