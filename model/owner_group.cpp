// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/owner_group.h"

#include "model/owners.h"
#include "model/shown_owner.h"

namespace socktree {

std::optional<TreeScope::Group> ownerGroupOf(const RowRef &row)
{
    if (!shownHolders(row.snapshot(), row.socket()).empty())
        return std::nullopt;
    switch (ownerOf(row.snapshot(), row.socket())) {
    case Why::None: return TreeScope::Group::NoProcess;
    case Why::Denied:
    case Why::NotTold: return TreeScope::Group::Hidden;
    default: return std::nullopt;
    }
}

} // namespace socktree
