// SPDX-License-Identifier: GPL-3.0-or-later
// The escaping that keeps hostile bytes from lying: what does not show, or shows elsewhere, is spelt out.
#include "model/text.h"

#include <QtCore/QChar>

#include <algorithm>

namespace socktree {

namespace {

constexpr char32_t invalid = 0xffffffff;

/// The code point at the start of @p bytes and its length; length 1 and invalid if the bytes are not UTF-8.
struct Decoded {
    char32_t point = invalid;
    qsizetype length = 1;
};

Decoded decodeUtf8(QByteArrayView bytes)
{
    const auto at = [&](qsizetype i) { return static_cast<quint8>(bytes[i]); };
    const quint8 lead = at(0);
    if (lead < 0x80)
        return {lead, 1};
    const qsizetype length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
    if (lead < 0xc2 || lead > 0xf4 || bytes.size() < length)
        return {};
    char32_t point = lead & (0xffu >> (length + 1));
    for (qsizetype i = 1; i < length; ++i) {
        if ((at(i) & 0xc0) != 0x80)
            return {};
        point = point << 6 | (at(i) & 0x3fu);
    }
    constexpr char32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    if (point < least[length] || point > 0x10ffff || QChar::isSurrogate(point))
        return {};
    return {point, length};
}

/// Characters that Unicode calls letters, symbols or marks and that show nothing (Default_Ignorable_Code_Point, the
/// blanks of other scripts).
bool isBlankInDisguise(char32_t c)
{
    struct Range {
        char32_t first, last;
    };
    static constexpr Range ranges[] = {{0x034f, 0x034f}, {0x115f, 0x1160}, {0x17b4, 0x17b5}, {0x180b, 0x180f},
        {0x2800, 0x2800}, {0x3164, 0x3164}, {0xfe00, 0xfe0f}, {0xffa0, 0xffa0}, {0xe0000, 0xe0fff}};
    return std::any_of(
        std::begin(ranges), std::end(ranges), [c](const Range &r) { return c >= r.first && c <= r.last; });
}

bool isPlain(char32_t c)
{
    if (c < 0x7f)
        return c >= 0x20 && c != U'\\';
    switch (QChar::category(c)) {
    case QChar::Other_Control:
    case QChar::Other_Format: // bidi controls, zero-width characters
    case QChar::Other_Surrogate:
    case QChar::Other_PrivateUse:
    case QChar::Separator_Line:
    case QChar::Separator_Paragraph:
    case QChar::Separator_Space: // every blank but the ordinary one
        return false;
    default: return !isBlankInDisguise(c) && !QChar::isNonCharacter(c);
    }
}

void appendEscaped(QString &text, char32_t c, quint8 byte)
{
    if (c == U'\n')
        text += QLatin1String("\\n");
    else if (c == U'\t')
        text += QLatin1String("\\t");
    else if (c == U'\\')
        text += QLatin1String("\\\\");
    else if (c == invalid || c < 0x80)
        text += QStringLiteral("\\x%1").arg(byte, 2, 16, QLatin1Char('0'));
    else
        text += QStringLiteral("\\u{%1}").arg(static_cast<uint>(c), 0, 16);
}

} // namespace

QString visible(const QByteArray &bytes)
{
    const auto plainAscii
        = [](char c) { return static_cast<quint8>(c) >= 0x20 && static_cast<quint8>(c) < 0x7f && c != '\\'; };
    if (std::all_of(bytes.begin(), bytes.end(), plainAscii))
        return QString::fromLatin1(bytes);

    QString text;
    text.reserve(bytes.size() + 16);
    bool sitsOnSomething = false; // a mark with nothing before it would alter the character before our text
    for (qsizetype i = 0; i < bytes.size();) {
        const Decoded next = decodeUtf8(QByteArrayView(bytes).sliced(i));
        const bool loose = next.point != invalid && QChar::isMark(next.point) && !sitsOnSomething;
        if (next.point != invalid && isPlain(next.point) && !loose) {
            text += QChar::fromUcs4(next.point);
            sitsOnSomething = true;
        } else {
            appendEscaped(text, next.point, static_cast<quint8>(bytes[i]));
            sitsOnSomething = false;
        }
        i += next.length;
    }
    return text;
}

} // namespace socktree
