// SPDX-License-Identifier: GPL-3.0-or-later
// Generations one after the other over made-up snapshots, and requests as a restless user makes them.
#pragma once

#include "model/arrangement.h"
#include "tests/support/random_snapshot.h"

#include <functional>
#include <random>

namespace socktree::test {

class RandomWalk
{
public:
    explicit RandomWalk(unsigned seed, const RandomOptions &options = {});
    /// The next generation that is shown; one in four steps skips some.
    GenerationPtr next();
    const GenerationPtr &now() const { return m_now; }
    /// Another filter, scope and sort now and then, otherwise the last ones; frozen now and then.
    ViewRequest request();
    bool chance(double share) { return std::uniform_real_distribution<>(0, 1)(m_random) < share; }
    /// 0 … end - 1.
    int below(int end) { return std::uniform_int_distribution<>(0, end - 1)(m_random); }

private:
    void ask();

    std::mt19937 m_random;
    RandomOptions m_options;
    SnapshotPtr m_snapshot;
    GenerationPtr m_now;
    ViewRequest m_request;
};

/// A filter out of a function.
PredicatePtr where(std::function<bool(const RowRef &)> matches);

const std::atomic<bool> &never();

} // namespace socktree::test
