// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/owner_group.h"

#include "model/owners.h"
#include "model/shown_owner.h"

namespace socktree {

std::optional<TreePart::Kind> ownerGroupOf(const RowRef &row)
{
    if (!shownHolders(row.snapshot(), row.socket()).empty())
        return std::nullopt;
    switch (ownerOf(row.snapshot(), heldFor(row.snapshot(), row.socket()))) {
    case Why::None: return TreePart::Kind::NoProcess;
    case Why::Denied:
    case Why::NotTold:
    case Why::NotRecorded:
    case Why::Lost: return TreePart::Kind::Hidden;
    default: return std::nullopt;
    }
}

} // namespace socktree
