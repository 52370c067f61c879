// SPDX-License-Identifier: GPL-3.0-or-later
// Which sockets are selected: a bitmap by slot and a count. Costs nothing with all rows selected, and moves with its
// sockets.
#pragma once

#include <QtCore/qglobal.h>

#include <vector>

namespace socktree {

class SlotSelection
{
public:
    bool contains(quint32 slot) const;
    quint32 count() const { return m_count; }
    void set(quint32 slot, bool selected);
    void clear();
    /// Ascending.
    std::vector<quint32> selected() const;

private:
    std::vector<quint64> m_bits;
    quint32 m_count = 0;
};

} // namespace socktree
