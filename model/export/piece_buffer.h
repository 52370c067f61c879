// SPDX-License-Identifier: GPL-3.0-or-later
// Gathers small pieces for an Output, so that no export is ever one giant string nor a write per cell.
#pragma once

#include "model/export/export.h"

namespace socktree {

class PieceBuffer
{
public:
    explicit PieceBuffer(const Output &output) : m_output(output) { m_bytes.reserve(full + 4096); }

    void add(QByteArrayView piece) { m_bytes.append(piece); }
    void add(char c) { m_bytes.append(c); }

    /// Between rows: hands over what has gathered, if that is enough. False: the target failed, stop.
    bool pass() { return m_bytes.size() < full || flush(); }
    bool flush()
    {
        if (m_good && !m_bytes.isEmpty())
            m_good = m_output(m_bytes);
        m_bytes.resize(0);
        return m_good;
    }

private:
    static constexpr qsizetype full = 65'536;
    const Output &m_output;
    QByteArray m_bytes;
    bool m_good = true;
};

} // namespace socktree
