// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/slot_selection.h"

#include <algorithm>
#include <bit>

namespace socktree {

bool SlotSelection::contains(quint32 slot) const
{
    const std::size_t word = slot / 64;
    return word < m_bits.size() && (m_bits[word] >> (slot % 64) & 1);
}

void SlotSelection::set(quint32 slot, bool selected)
{
    if (contains(slot) == selected)
        return;
    const std::size_t word = slot / 64;
    if (word >= m_bits.size())
        m_bits.resize(word + 1);
    m_bits[word] ^= quint64(1) << (slot % 64);
    m_count = selected ? m_count + 1 : m_count - 1;
}

void SlotSelection::clear()
{
    std::fill(m_bits.begin(), m_bits.end(), 0);
    m_count = 0;
}

std::vector<quint32> SlotSelection::selected() const
{
    std::vector<quint32> slots;
    slots.reserve(m_count);
    for (std::size_t word = 0; word < m_bits.size(); ++word)
        for (quint64 bits = m_bits[word]; bits; bits &= bits - 1)
            slots.push_back(static_cast<quint32>(word * 64 + static_cast<std::size_t>(std::countr_zero(bits))));
    return slots;
}

} // namespace socktree
