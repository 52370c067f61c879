// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/arrangement.h"

#include "model/sort_keys.h"

#include <algorithm>

namespace socktree {

namespace {

constexpr std::size_t pollEvery = 4096;

std::optional<std::vector<quint32>> inScope(
    const Generation &generation, const TreeScope &scope, const Matching &matching, const std::atomic<bool> &cancelled)
{
    if (scope.everything())
        return matching.slots;
    const ScopeTest test(scope, generation);
    std::vector<quint32> slots;
    for (std::size_t i = 0; i < matching.slots.size(); ++i) {
        if (i % pollEvery == 0 && cancelled)
            return std::nullopt;
        if (test.contains(RowRef(generation, matching.slots[i])))
            slots.push_back(matching.slots[i]);
    }
    return slots;
}

bool sameQuestion(const ViewRequest &a, const ViewRequest &b)
{
    return a.query == b.query && a.scope == b.scope && a.sortColumn == b.sortColumn && a.descending == b.descending;
}

/// Rows of @p before that are still wanted, in its order; how many others wait.
std::vector<quint32> holdStill(
    const Arrangement &before, const Generation &generation, const std::vector<quint32> &wanted, quint32 &waiting)
{
    std::vector<bool> pending(generation.entries.size());
    for (const quint32 slot : wanted)
        pending[slot] = true;
    std::vector<quint32> slots;
    slots.reserve(std::min(before.slots.size(), wanted.size()));
    for (const quint32 slot : before.slots) {
        if (slot >= pending.size() || !pending[slot] || !sameSocket(generation, *before.generation, slot))
            continue;
        slots.push_back(slot);
        pending[slot] = false;
    }
    waiting = static_cast<quint32>(std::count_if(
        wanted.begin(), wanted.end(), [&](quint32 slot) { return pending[slot] && generation.entries[slot].live(); }));
    return slots;
}

std::optional<std::vector<quint32>> inOrder(const Generation &generation, const ViewRequest &request,
    const std::vector<quint32> &slots, const std::atomic<bool> &cancelled)
{
    // The default order has one direction: it is what the third click on a header goes back to.
    const Column *column = request.sortColumn.isEmpty() ? nullptr : columnById(request.sortColumn);
    auto keys = column ? keysOf(*column, generation, slots, cancelled, &request.scope)
                       : defaultKeys(generation, rankProcesses(generation), slots, cancelled, &request.scope);
    if (!keys)
        return std::nullopt;
    return sorted(std::move(*keys), column && request.descending, generation);
}

std::vector<quint32> invert(const std::vector<quint32> &slots, std::size_t entries)
{
    std::vector<quint32> rowOf(entries, noIndex);
    for (std::size_t row = 0; row < slots.size(); ++row)
        rowOf[slots[row]] = static_cast<quint32>(row);
    return rowOf;
}

} // namespace

std::optional<Matching> match(
    const GenerationPtr &generation, const std::vector<PredicatePtr> &filters, const std::atomic<bool> &cancelled)
{
    for (const PredicatePtr &filter : filters)
        filter->prepare(*generation);
    Matching found;
    for (std::size_t slot = 0; slot < generation->entries.size(); ++slot) {
        if (slot % pollEvery == 0 && cancelled)
            return std::nullopt;
        const Entry &entry = generation->entries[slot];
        if (!entry.used())
            continue;
        found.total += entry.live();
        const RowRef row(*generation, static_cast<quint32>(slot));
        if (!std::all_of(filters.begin(), filters.end(), [&](const auto &filter) { return filter->matches(row); }))
            continue;
        found.live += entry.live();
        found.slots.push_back(row.slot());
    }
    return found;
}

ArrangementPtr arrange(const GenerationPtr &generation, const ViewRequest &request, const ArrangementPtr &before,
    const std::atomic<bool> &cancelled)
{
    const auto matching = match(generation, request.filters, cancelled);
    return matching ? arrange(generation, request, *matching, before, cancelled) : nullptr;
}

ArrangementPtr arrange(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const ArrangementPtr &before, const std::atomic<bool> &cancelled)
{
    auto arrangement = std::make_shared<Arrangement>();
    arrangement->generation = generation;
    arrangement->matching = matching.live;
    arrangement->total = matching.total;
    arrangement->request = request;
    arrangement->request.filters.clear();
    auto wanted = inScope(*generation, request.scope, matching, cancelled);
    if (!wanted)
        return nullptr;
    if (request.frozen && before && sameQuestion(before->request, request)) {
        arrangement->slots = holdStill(*before, *generation, *wanted, arrangement->waiting);
    } else {
        auto slots = inOrder(*generation, request, *wanted, cancelled);
        if (!slots)
            return nullptr;
        arrangement->slots = std::move(*slots);
    }
    arrangement->rowOf = invert(arrangement->slots, generation->entries.size());
    return arrangement;
}

} // namespace socktree
