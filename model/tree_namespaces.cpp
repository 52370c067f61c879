// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/tree_namespaces.h"

#include "model/namespace_text.h"
#include "model/sort_keys.h"

#include <algorithm>

namespace socktree {

namespace {

/// Which of a snapshot's namespaces its rows are of.
struct Seen {
    const Snapshot *snapshot;
    std::vector<bool> places;

    explicit Seen(const SnapshotPtr &from) : snapshot(from.get()), places(from ? from->namespaces.size() : 0) { }
    void collect(QSet<quint64> &ids) const
    {
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i] && snapshot->namespaces[i].id != untoldNamespace)
                ids.insert(snapshot->namespaces[i].id);
    }
};

QSet<quint64> toldIn(const Generation &generation)
{
    Seen here(generation.snapshot), buried(generation.graveyard);
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot) {
        const Entry &entry = generation.entries[slot];
        if (!entry.used())
            continue;
        const quint16 place = RowRef(generation, slot).socket().netns;
        auto &places = (entry.buried ? buried : here).places;
        if (place < places.size())
            places[place] = true;
    }
    QSet<quint64> ids;
    here.collect(ids);
    buried.collect(ids);
    return ids;
}

} // namespace

TreeNamespaces::TreeNamespaces(const Generation &generation, bool wanted)
{
    if (!wanted)
        return;
    const QSet<quint64> told = toldIn(generation);
    m_areLevel = told.size() > 1;
    if (told.size() == 1)
        m_only = *told.begin();
    if (m_areLevel)
        rank(generation);
}

void TreeNamespaces::rank(const Generation &generation)
{
    struct Named {
        quint64 id;
        bool own;
        QString name;
    };
    std::vector<Named> all;
    const auto add = [&](const Snapshot *snapshot) {
        if (!snapshot)
            return;
        for (const NetNamespace &netns : snapshot->namespaces) {
            if (netns.id == untoldNamespace || m_ranks.contains(netns.id))
                continue;
            m_ranks.insert(netns.id, 0);
            const bool own = snapshot == generation.snapshot.get() && &netns == &snapshot->namespaces.front();
            all.push_back({netns.id, own, namespaceName(*snapshot, netns)});
        }
    };
    add(generation.snapshot.get());
    add(generation.graveyard.get());
    const QCollator byName = nameOrder();
    std::sort(all.begin(), all.end(), [&](const Named &a, const Named &b) {
        if (a.own != b.own)
            return a.own;
        const int order = byName.compare(a.name, b.name);
        return order != 0 ? order < 0 : a.id < b.id;
    });
    for (std::size_t i = 0; i < all.size(); ++i)
        m_ranks[all[i].id] = static_cast<quint32>(i);
}

} // namespace socktree
