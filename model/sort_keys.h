// SPDX-License-Identifier: GPL-3.0-or-later
// What rows are compared by: one pair of numbers per row, taken out of typed values before sorting, so that sorting
// touches nothing else.
#pragma once

#include "model/column.h"

#include <QtCore/QCollator>

#include <atomic>
#include <optional>
#include <span>
#include <vector>

namespace socktree {

/// Numbers come before addresses before text; a column has one of them, as a rule. Missing comes last both ways.
struct SortKey {
    enum class Kind : quint8 { Number, Ipv4, Ipv6, Text, Missing } kind = Kind::Missing;
    quint32 slot = noIndex;
    quint64 high = 0, low = 0;
};
using SortKeys = std::vector<SortKey>;

/// Compares names as a reader of the user's language expects it.
QCollator nameOrder();

/// Places of the names of processes among each other, as a reader of the user's language expects them.
struct ProcessRanks {
    std::vector<quint32> here;   ///< by index in the generation's snapshot
    std::vector<quint32> buried; ///< by index in its graveyard
    quint32 of(const RowRef &row, quint32 process) const { return (row.entry().buried ? buried : here)[process]; }
};
ProcessRanks rankProcesses(const Generation &generation);

/// Of rows as they are seen under @p under. Nothing if cancelled.
std::optional<SortKeys> keysOf(const Column &column, const Generation &generation, std::span<const quint32> slots,
    const std::atomic<bool> &cancelled, const TreeScope *under = nullptr);
/// Of the default order: inet before unix before what is not described, then process, pid, protocol, local port.
std::optional<SortKeys> defaultKeys(const Generation &generation, const ProcessRanks &ranks,
    std::span<const quint32> slots, const std::atomic<bool> &cancelled, const TreeScope *under = nullptr);

/// Rows with the same key are in the order of local address and port, remote address and port, and inode, whichever way
/// the sort goes; then in that of their slots, so that rows never jitter. Returns the slots in order.
std::vector<quint32> sorted(SortKeys &&keys, bool descending, const Generation &generation);

} // namespace socktree
