// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/byte_source.h"

#include <QtCore/QIODevice>

#include <algorithm>

namespace socktree {

std::span<const std::byte> ByteSource::peek(std::size_t count)
{
    constexpr qsizetype piece = 65536;
    const auto wanted = static_cast<qsizetype>(count);
    if (m_ahead.size() - m_passed < wanted && m_passed > 0) {
        m_ahead.remove(0, m_passed);
        m_passed = 0;
    }
    while (!m_ended && m_ahead.size() - m_passed < wanted) {
        // Piece by piece: a file may claim more than it has.
        const qsizetype before = m_ahead.size();
        m_ahead.resize(before + piece);
        const qint64 got = m_device.read(m_ahead.data() + before, piece);
        m_ahead.truncate(before + std::max(got, qint64(0)));
        m_ended = got <= 0;
        if (got < 0)
            m_error = m_device.errorString().toUtf8();
    }
    const auto there = static_cast<std::size_t>(m_ahead.size() - m_passed);
    return std::as_bytes(std::span(m_ahead.constData() + m_passed, std::min(there, count)));
}

void ByteSource::pass(std::size_t count)
{
    const auto passed = std::min(static_cast<qsizetype>(count), m_ahead.size() - m_passed);
    m_passed += passed;
    m_offset += static_cast<quint64>(passed);
}

} // namespace socktree
