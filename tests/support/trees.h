// SPDX-License-Identifier: GPL-3.0-or-later
// The tree of one request by itself, for tests that want no table with it.
#pragma once

#include "model/process_tree.h"
#include "tests/support/random_walk.h"

namespace socktree::test {

inline TreePtr treeOf(const GenerationPtr &generation, const ViewRequest &request = {})
{
    return buildTree(generation, request, *match(generation, request.filters, never()), never());
}
inline TreePtr treeOf(const Generation &generation, const ViewRequest &request = {})
{
    return treeOf(std::make_shared<const Generation>(generation), request);
}

} // namespace socktree::test
