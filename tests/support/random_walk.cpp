// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_walk.h"

#include "model/column.h"
#include "model/timeline.h"

namespace socktree::test {

namespace {

class Where final : public RowPredicate
{
public:
    explicit Where(std::function<bool(const RowRef &)> matches) : m_matches(std::move(matches)) { }
    bool matches(const RowRef &row) const override { return m_matches(row); }

private:
    std::function<bool(const RowRef &)> m_matches;
};

} // namespace

PredicatePtr where(std::function<bool(const RowRef &)> matches)
{
    return std::make_shared<Where>(std::move(matches));
}

const std::atomic<bool> &never()
{
    static const std::atomic<bool> cancelled = false;
    return cancelled;
}

RandomWalk::RandomWalk(unsigned seed, const RandomOptions &options) : m_random(seed), m_options(options) { }

GenerationPtr RandomWalk::next()
{
    const int steps = chance(0.25) ? 2 + below(12) : 1; // long enough for slots to be used again in between
    for (int step = 0; step < steps; ++step) {
        m_snapshot = randomSnapshot(m_random, m_snapshot, m_options);
        m_now = socktree::advance(m_now, m_snapshot);
    }
    return m_now;
}

void RandomWalk::ask()
{
    m_request.query++;
    m_request.filters.clear();
    if (chance(0.5))
        m_request.filters.push_back(where([odd = chance(0.5)](const RowRef &row) {
            return (row.socket().localPort % 2 != 0) == odd || row.socket().recvQueue > 100;
        }));
    m_request.scope = {};
    const auto some = [this](const auto &list) -> const auto &
    {
        return list[static_cast<std::size_t>(below(static_cast<int>(list.size())))];
    };
    const auto &processes = m_snapshot->processes;
    const auto &namespaces = m_snapshot->namespaces;
    const auto somewhere = [&] { return namespaces.empty() || chance(0.5) ? everyNamespace : some(namespaces).id; };
    for (int i = chance(0.3) ? 1 + below(3) : 0; i > 0 && !processes.empty(); --i)
        m_request.scope.parts.push_back(partOf(some(processes).key, somewhere()));
    if (chance(0.1))
        m_request.scope.parts.push_back(
            partOf(chance(0.5) ? TreePart::Kind::Hidden : TreePart::Kind::NoProcess, somewhere()));
    if (!namespaces.empty() && chance(0.2))
        m_request.scope.parts.push_back(partOf(TreePart::Kind::Namespace, some(namespaces).id));
    if (!namespaces.empty())
        m_request.byNamespace = chance(0.8);
    const auto all = columns();
    m_request.sortColumn = chance(0.3)
        ? QByteArray()
        : QByteArray(all[static_cast<std::size_t>(below(static_cast<int>(all.size())))].id);
    m_request.descending = chance(0.5);
}

ViewRequest RandomWalk::request()
{
    if (chance(0.15))
        ask();
    m_request.frozen = chance(0.4);
    return m_request;
}

} // namespace socktree::test
