// SPDX-License-Identifier: GPL-3.0-or-later
// Whether a row is shown. The filter box, the toggles and the tree's selection are predicates; widgets know no other
// form.
#pragma once

#include "model/generation.h"

#include <memory>

namespace socktree {

class RowPredicate
{
public:
    virtual ~RowPredicate() = default;
    /// Called once before the rows of a generation, in the worker: work that is done once per process, name or user
    /// goes here.
    virtual void prepare(const Generation &) { }
    virtual bool matches(const RowRef &row) const = 0;
};
using PredicatePtr = std::shared_ptr<RowPredicate>;

} // namespace socktree
