// SPDX-License-Identifier: GPL-3.0-or-later
// Which rows a view shows and in what order: computed in a worker over one generation, applied by a model in one short
// step.
#pragma once

#include "model/column.h"
#include "model/generation.h"
#include "model/row_predicate.h"
#include "model/tree_scope.h"

#include <QtCore/QByteArray>

#include <atomic>
#include <memory>
#include <optional>
#include <vector>

namespace socktree {

struct ViewRequest {
    std::vector<PredicatePtr> filters; ///< all must match (each request has its own; prepare() is called on them)
    TreeScope scope;
    bool byNamespace = true; ///< of the tree: a level of network namespaces above the processes, if there are several
    QByteArray sortColumn;   ///< empty: the default order (inet before unix, then process, pid, protocol, local port)
    bool descending = false;
    bool frozen = false; ///< keep the order of the arrangement before; new rows wait and are counted
    /// Another number whenever filters are others: they cannot be compared. The order is held still only within one
    /// query, sort and scope: what was asked for is shown at once.
    quint64 query = 0;
};

struct Arrangement {
    GenerationPtr generation;
    std::vector<quint32> slots; ///< in view order
    std::vector<quint32> rowOf; ///< slot → row, noIndex if not shown; may be shorter than entries
    quint32 waiting = 0;        ///< new rows held back while frozen
    quint32 matching = 0;       ///< live rows that filters and toggles let through, whatever the tree's selection
    quint32 total = 0;          ///< live rows
    ViewRequest request;        ///< what it answers; without the filters
};
using ArrangementPtr = std::shared_ptr<const Arrangement>;

/// Rows that filters and toggles let through, before the tree's selection and the sort. Table and tree of one request
/// share it.
struct Matching {
    std::vector<quint32> slots; ///< ascending, closed rows among them
    quint32 live = 0;           ///< of these
    quint32 total = 0;          ///< live rows of the generation
};
/// Prepares the filters and asks them. Nothing if cancelled.
std::optional<Matching> match(
    const GenerationPtr &generation, const std::vector<PredicatePtr> &filters, const std::atomic<bool> &cancelled);

/// Pure and cancellable: null if cancelled. Ties are broken by slot, so rows never jitter. Missing values sort last
/// both ways.
ArrangementPtr arrange(const GenerationPtr &generation, const ViewRequest &request, const Matching &matching,
    const ArrangementPtr &before, const std::atomic<bool> &cancelled);
/// Asks the filters itself, for who wants the table alone.
ArrangementPtr arrange(const GenerationPtr &generation, const ViewRequest &request, const ArrangementPtr &before,
    const std::atomic<bool> &cancelled);

} // namespace socktree
