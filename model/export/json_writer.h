// SPDX-License-Identifier: GPL-3.0-or-later
// Writes JSON piece by piece, keys in the order given. Whoever calls it keeps objects and arrays balanced.
#pragma once

#include "model/export/piece_buffer.h"

#include <QtCore/QString>

namespace socktree {

class JsonWriter
{
public:
    explicit JsonWriter(PieceBuffer &out) : m_out(out) { }

    void beginObject() { begin('{'); }
    void endObject() { end('}'); }
    void beginArray() { begin('['); }
    void endArray() { end(']'); }
    void key(QByteArrayView name);

    void string(const QString &text);
    void string(const char *text) { string(QString::fromUtf8(text)); }
    /// Beyond 2^53, where readers with doubles would lose digits, as a string of digits.
    void number(quint64 value);
    void number(qint64 value);
    void number(double value);
    void boolean(bool value);

    void field(QByteArrayView name, const QString &text)
    {
        key(name);
        string(text);
    }
    void field(QByteArrayView name, quint64 value)
    {
        key(name);
        number(value);
    }
    void field(QByteArrayView name, bool value)
    {
        key(name);
        boolean(value);
    }
    /// The next value, key or closing bracket begins a line, so that tools by the line get along.
    void breakLine() { m_break = true; }

private:
    void begin(char bracket)
    {
        separate();
        m_out.add(bracket);
        m_first = true;
    }
    void end(char bracket)
    {
        addBreak();
        m_out.add(bracket);
        m_first = false;
    }
    /// Before every value and key but the first of its container, and not between a key and its value.
    void separate()
    {
        if (!m_first && !m_afterKey)
            m_out.add(',');
        m_first = false;
        m_afterKey = false;
        addBreak();
    }
    void addBreak()
    {
        if (m_break)
            m_out.add('\n');
        m_break = false;
    }

    PieceBuffer &m_out;
    bool m_first = true;
    bool m_afterKey = false;
    bool m_break = false;
};

} // namespace socktree
