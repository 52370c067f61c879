// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/state_counts.h"

#include "model/filter/toggles.h"
#include "model/owners.h"
#include "model/shown_owner.h"

namespace socktree {

StateCounts countStates(const Generation &generation)
{
    StateCounts counts;
    struct Count {
        PredicatePtr predicate;
        quint32 &number;
    };
    const auto of = [&generation](StateToggle state, quint32 &number) {
        Toggles toggles;
        toggles.state = state;
        const PredicatePtr predicate = togglePredicate(toggles);
        predicate->prepare(generation);
        return Count{predicate, number};
    };
    const Count all[] = {of(StateToggle::Listening, counts.listening), of(StateToggle::Established, counts.established),
        of(StateToggle::TimeWait, counts.timeWait), of(StateToggle::CloseWait, counts.closeWait)};
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        if (!generation.entries[slot].live())
            continue;
        const RowRef row(generation, slot);
        for (const Count &each : all)
            each.number += each.predicate->matches(row);
        counts.hidden += ownerOf(row.snapshot(), heldFor(row.snapshot(), row.socket())) == Why::Denied;
    }
    return counts;
}

} // namespace socktree
