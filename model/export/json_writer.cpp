// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/json_writer.h"

#include <cmath>

namespace socktree {

namespace {

constexpr quint64 exactInDouble = quint64(1) << 53;

} // namespace

void JsonWriter::key(QByteArrayView name)
{
    separate();
    m_out.add('"');
    m_out.add(name); // ids need no escapes
    m_out.add(QByteArrayView("\":"));
    m_afterKey = true;
}

void JsonWriter::string(const QString &text)
{
    separate();
    m_out.add('"');
    const QByteArray utf8 = text.toUtf8();
    for (const char c : utf8) {
        const auto byte = static_cast<quint8>(c);
        if (c == '"' || c == '\\') {
            m_out.add('\\');
            m_out.add(c);
        } else if (byte < 0x20) {
            constexpr char digits[] = "0123456789abcdef";
            m_out.add(QByteArrayView("\\u00"));
            m_out.add(digits[byte >> 4]);
            m_out.add(digits[byte & 0xf]);
        } else {
            m_out.add(c);
        }
    }
    m_out.add('"');
}

void JsonWriter::number(quint64 value)
{
    if (value > exactInDouble) {
        string(QString::number(value));
        return;
    }
    separate();
    m_out.add(QByteArray::number(value));
}

void JsonWriter::number(qint64 value)
{
    if (value >= 0) {
        number(static_cast<quint64>(value));
        return;
    }
    separate();
    m_out.add(QByteArray::number(value));
}

void JsonWriter::number(double value)
{
    separate();
    // Infinity and NaN have no spelling in JSON; a rate is neither.
    m_out.add(std::isfinite(value) ? QByteArray::number(value, 'f', 3) : QByteArray("null"));
}

void JsonWriter::boolean(bool value)
{
    separate();
    m_out.add(value ? QByteArrayView("true") : QByteArrayView("false"));
}

} // namespace socktree
