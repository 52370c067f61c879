// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_net_line.h"

#include <QtCore/QtEndian>

#include <algorithm>
#include <cstring>

namespace socktree {

using namespace proctext;

namespace {

std::optional<quint64> signedNumber(QByteArrayView text)
{
    if (!text.startsWith('-'))
        return number(text);
    const auto value = numberAs<qint64>(text.sliced(1));
    return value ? std::optional(static_cast<quint64>(-*value)) : std::nullopt;
}

/// @p bytes numbers of the base, separated; each takes up to @p size bytes.
std::optional<ProcNetAddress> separated(
    QByteArrayView text, char separator, quint64 base, quint8 groups, quint8 bytesEach)
{
    ProcNetAddress address;
    for (quint8 i = 0; i < groups; ++i) {
        if (i > 0 && text.isEmpty())
            return std::nullopt;
        const auto value = numberAs<quint16>(takeUntil(text, separator), base);
        if (!value || (bytesEach == 1 && *value > 0xff))
            return std::nullopt;
        if (bytesEach == 2)
            address.bytes[address.length++] = quint8(*value >> 8);
        address.bytes[address.length++] = quint8(*value & 0xff);
    }
    return text.isEmpty() ? std::optional(address) : std::nullopt;
}

bool looksLikeAddress(QByteArrayView word)
{
    return word.startsWith('*') || word.contains('.') || word.contains(':');
}

/// All the addresses, and the arrow between the two lists, which is no address and ends the first.
QByteArrayView takeAddresses(QByteArrayView &rest)
{
    QByteArrayView list;
    const char *begin = nullptr;
    for (;;) {
        QByteArrayView after = rest;
        const QByteArrayView word = takeWord(after);
        if (word == "<->") {
            rest = after;
            return list;
        }
        if (word.isEmpty() || !looksLikeAddress(word))
            return list;
        begin = begin ? begin : word.data();
        list = QByteArrayView(begin, word.data() + word.size());
        rest = after;
    }
}

} // namespace

std::optional<quint64> numberOf(const ProcNetColumn &column, QByteArrayView text)
{
    std::optional<quint64> value;
    switch (column.form) {
    case TextForm::Hex: value = number(text, 16); break;
    case TextForm::Decimal: value = number(text); break;
    case TextForm::Signed: value = signedNumber(text); break;
    case TextForm::Word:
    case TextForm::Address:
    case TextForm::Hardware:
    case TextForm::Addresses:
    case TextForm::Rest: break;
    }
    if (!value)
        return std::nullopt;
    if (column.width > 0)
        value = (*value >> column.shift) & ((quint64(1) << column.width) - 1);
    if (*value > std::numeric_limits<quint64>::max() / column.scale && column.form != TextForm::Signed)
        return std::nullopt;
    return *value * column.scale;
}

std::optional<ProcNetAddress> hexAddress(QByteArrayView text, std::endian order)
{
    ProcNetAddress address;
    if (text.size() != 8 && text.size() != 32)
        return std::nullopt;
    for (qsizetype at = 0; at < text.size(); at += 8) {
        const auto word = numberAs<quint32>(text.sliced(at, 8), 16);
        if (!word)
            return std::nullopt;
        // As a machine of that order has it in memory, it is in network order.
        uchar *const bytes = address.bytes.data() + address.length;
        if (order == std::endian::little)
            qToLittleEndian(*word, bytes);
        else
            qToBigEndian(*word, bytes);
        address.length += 4;
    }
    return address;
}

std::optional<ProcNetAddress> writtenAddress(QByteArrayView text)
{
    if (text.startsWith('*'))
        text = text.sliced(1);
    auto address = separated(text, '.', 10, 4, 1);
    if (!address)
        address = separated(text, ':', 16, 8, 2);
    if (!address)
        address = separated(text, ':', 16, 6, 1);
    return address;
}

QByteArrayView takeColumn(QByteArrayView &rest, const ProcNetColumn &column, char separator)
{
    if (column.form == TextForm::Addresses)
        return takeAddresses(rest);
    if (column.form != TextForm::Rest)
        return takeWord(rest, separator);
    // The blank before it belongs to the line; all others are its own. What comes without one is something else.
    if (!rest.startsWith(' '))
        return {};
    const QByteArrayView text = rest.sliced(1);
    rest = rest.last(0);
    return text;
}

} // namespace socktree
