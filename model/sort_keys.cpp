// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/sort_keys.h"

#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QLocale>
#include <QtCore/QtEndian>

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

namespace socktree {

namespace {

/// Every unique text once, then its place among the others.
class TextRanks
{
public:
    quint32 number(const QString &text)
    {
        const auto found = m_numbers.constFind(text);
        if (found != m_numbers.cend())
            return *found;
        const auto next = static_cast<quint32>(m_texts.size());
        m_numbers.insert(text, next);
        m_texts.push_back(text);
        return next;
    }

    /// By number. "eth2" comes before "eth10", and case counts only between texts that are else the same.
    std::vector<quint32> ranks() const
    {
        const QCollator collator = nameOrder();
        std::vector<QCollatorSortKey> keys;
        keys.reserve(m_texts.size());
        for (const QString &text : m_texts)
            keys.push_back(collator.sortKey(text));
        std::vector<quint32> order(m_texts.size());
        std::iota(order.begin(), order.end(), 0u);
        std::sort(order.begin(), order.end(), [&](quint32 a, quint32 b) {
            const int compared = keys[a].compare(keys[b]);
            return compared ? compared < 0 : m_texts[a] < m_texts[b];
        });
        std::vector<quint32> ranks(order.size());
        for (std::size_t place = 0; place < order.size(); ++place)
            ranks[order[place]] = static_cast<quint32>(place);
        return ranks;
    }

private:
    QHash<QString, quint32> m_numbers;
    std::vector<QString> m_texts;
};

/// Doubles as unsigned numbers of the same order.
quint64 ordered(double number)
{
    const auto bits = std::bit_cast<quint64>(number == 0 ? 0.0 : number); // -0 is 0
    constexpr quint64 sign = quint64(1) << 63;
    return bits & sign ? ~bits : bits | sign;
}

/// Integers that are the same as doubles are told apart by the low half: a double keeps 53 bits only.
void setNumber(SortKey &key, double rounded, quint64 exact)
{
    key.kind = SortKey::Kind::Number;
    key.high = ordered(rounded);
    key.low = exact;
}

void setAddress(SortKey &key, const Address &sent)
{
    const Address address = unmapped(sent); // the same host, whichever clothes it came in
    if (address.length == 4) {
        key.kind = SortKey::Kind::Ipv4;
        key.low = qFromBigEndian<quint32>(address.bytes.data());
    } else if (address.length == 16) {
        key.kind = SortKey::Kind::Ipv6;
        key.high = qFromBigEndian<quint64>(address.bytes.data());
        key.low = qFromBigEndian<quint64>(address.bytes.data() + 8);
    }
}

quint64 wholePart(double number)
{
    constexpr double limit = 18446744073709551616.0; // 2^64
    if (!(std::abs(number) < limit))
        return 0;
    return number < 0 ? ~static_cast<quint64>(-number) + 1 : static_cast<quint64>(number);
}

/// Texts get their number as low half until all are known.
void setValue(SortKey &key, const Value &value, TextRanks &texts)
{
    if (!value.present())
        return;
    if (const auto *whole = std::get_if<quint64>(&value.data))
        setNumber(key, static_cast<double>(*whole), *whole);
    else if (const auto *signedWhole = std::get_if<qint64>(&value.data))
        setNumber(key, static_cast<double>(*signedWhole), static_cast<quint64>(*signedWhole));
    else if (const auto *number = std::get_if<double>(&value.data))
        setNumber(key, *number, wholePart(*number));
    else if (const auto *address = std::get_if<Address>(&value.data))
        setAddress(key, *address);
    else if (const auto *text = std::get_if<QString>(&value.data)) {
        key.kind = SortKey::Kind::Text;
        key.low = texts.number(*text);
    }
}

quint64 familyClass(const Socket &socket)
{
    if (isInternet(socket.protocol))
        return 0;
    return socket.protocol == Protocol::Unix ? 1 : 2;
}

/// Of what is neither internet nor UNIX: by name, and last what has none of its own.
quint64 protocolRank(const Socket &socket)
{
    switch (socket.protocol) {
    case Protocol::Netlink: return 1;
    case Protocol::Packet: return 2;
    case Protocol::Tipc: return 3;
    case Protocol::Vsock: return 4;
    case Protocol::Xdp: return 5;
    case Protocol::Other: return 6;
    case Protocol::Unknown: return 7;
    default: return 0;
    }
}

SortKey defaultKey(const RowRef &row, const ProcessRanks &ranks)
{
    const Socket &socket = row.socket();
    const Holder *holder = holderToShow(row.snapshot(), shownHolders(row.snapshot(), socket), row.under());
    quint64 name = 0x7ffffff, pid = 0; // without a process: after all names
    if (holder) {
        const quint32 first = holder->process;
        name = ranks.of(row, first);
        pid = static_cast<quint32>(row.snapshot().processes[first].key.pid);
    }
    return {SortKey::Kind::Number, row.slot(),
        familyClass(socket) << 62 | protocolRank(socket) << 59 | name << 32 | pid,
        quint64(static_cast<quint8>(socket.protocol)) << 32 | socket.localPort};
}

std::vector<quint32> rankNames(const Snapshot *snapshot, TextRanks &texts)
{
    std::vector<quint32> numbers;
    if (!snapshot)
        return numbers;
    numbers.reserve(snapshot->processes.size());
    for (const Process &process : snapshot->processes)
        numbers.push_back(texts.number(processName(process)));
    return numbers;
}

std::strong_ordering compared(const Address &a, const Address &b)
{
    const Address one = unmapped(a), other = unmapped(b);
    const auto length = one.length <=> other.length; // none before IPv4 before IPv6
    return length != 0 ? length : one.bytes <=> other.bytes;
}

/// What decides between rows that a column leaves equal.
bool comesFirst(const Generation &generation, quint32 a, quint32 b)
{
    const Socket &one = RowRef(generation, a).socket(), &other = RowRef(generation, b).socket();
    if (const auto local = compared(one.local, other.local); local != 0)
        return local < 0;
    if (one.localPort != other.localPort)
        return one.localPort < other.localPort;
    if (const auto remote = compared(one.remote, other.remote); remote != 0)
        return remote < 0;
    return std::tie(one.remotePort, one.inode, a) < std::tie(other.remotePort, other.inode, b);
}

constexpr std::size_t pollEvery = 4096;

} // namespace

QCollator nameOrder()
{
    // The C locale compares code points and nothing else, which no reader wants.
    QCollator collator(QLocale().language() == QLocale::C ? QLocale(QLocale::English) : QLocale());
    collator.setNumericMode(true);
    return collator;
}

ProcessRanks rankProcesses(const Generation &generation)
{
    TextRanks texts;
    ProcessRanks all{rankNames(generation.snapshot.get(), texts), rankNames(generation.graveyard.get(), texts)};
    const std::vector<quint32> ranks = texts.ranks();
    for (std::vector<quint32> *numbers : {&all.here, &all.buried})
        for (quint32 &number : *numbers)
            number = ranks[number];
    return all;
}

std::optional<SortKeys> keysOf(const Column &column, const Generation &generation, std::span<const quint32> slots,
    const std::atomic<bool> &cancelled, const TreeScope *under)
{
    SortKeys keys(slots.size());
    TextRanks texts;
    for (std::size_t i = 0; i < slots.size(); ++i) {
        if (i % pollEvery == 0 && cancelled)
            return std::nullopt;
        keys[i].slot = slots[i];
        setValue(keys[i], column.value(RowRef(generation, slots[i], under)), texts);
    }
    const std::vector<quint32> ranks = texts.ranks();
    for (SortKey &key : keys)
        if (key.kind == SortKey::Kind::Text)
            key.low = ranks[key.low];
    if (const Column *next = column.thenBy ? columnById(column.thenBy) : nullptr) {
        for (SortKey &key : keys) {
            const Value value = next->value(RowRef(generation, key.slot, under));
            const auto *number = std::get_if<quint64>(&value.data);
            key.high = std::exchange(key.low, number ? *number : 0);
        }
    }
    return keys;
}

std::optional<SortKeys> defaultKeys(const Generation &generation, const ProcessRanks &ranks,
    std::span<const quint32> slots, const std::atomic<bool> &cancelled, const TreeScope *under)
{
    SortKeys keys;
    keys.reserve(slots.size());
    for (const quint32 slot : slots) {
        if (keys.size() % pollEvery == 0 && cancelled)
            return std::nullopt;
        keys.push_back(defaultKey(RowRef(generation, slot, under), ranks));
    }
    return keys;
}

std::vector<quint32> sorted(SortKeys &&keys, bool descending, const Generation &generation)
{
    std::sort(keys.begin(), keys.end(), [&](const SortKey &a, const SortKey &b) {
        const bool aMissing = a.kind == SortKey::Kind::Missing, bMissing = b.kind == SortKey::Kind::Missing;
        if (aMissing != bMissing)
            return bMissing;
        const auto compared = std::tie(a.kind, a.high, a.low) <=> std::tie(b.kind, b.high, b.low);
        if (compared == 0)
            return comesFirst(generation, a.slot, b.slot);
        return descending ? compared > 0 : compared < 0;
    });
    std::vector<quint32> slots;
    slots.reserve(keys.size());
    for (const SortKey &key : keys)
        slots.push_back(key.slot);
    return slots;
}

} // namespace socktree
