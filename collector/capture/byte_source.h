// SPDX-License-Identifier: GPL-3.0-or-later
// Bytes of a device from its front, with their offset, and never more of them in memory than asked for.
#pragma once

#include <QtCore/QByteArray>

#include <span>

class QIODevice;

namespace socktree {

class ByteSource
{
public:
    explicit ByteSource(QIODevice &device) : m_device(device) { }
    /// The next @p count bytes, or fewer where the device ends. Valid until the next call.
    std::span<const std::byte> peek(std::size_t count);
    void pass(std::size_t count);
    quint64 offset() const { return m_offset; }
    /// Why the device ended; empty: it just did.
    const QByteArray &error() const { return m_error; }

private:
    QIODevice &m_device;
    QByteArray m_ahead;
    qsizetype m_passed = 0; ///< of what is in m_ahead
    quint64 m_offset = 0;
    QByteArray m_error;
    bool m_ended = false;
};

} // namespace socktree
