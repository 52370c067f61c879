// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/sum_problems.h"

#include <QtCore/QHash>

#include <utility>

namespace socktree {

std::vector<Problem> summedUp(std::vector<Problem> problems)
{
    constexpr std::size_t mostKinds = 100;
    constexpr quint32 mostNamed = 3;
    std::vector<Problem> kinds;
    std::vector<quint32> named; // of each kind, how many sources
    QHash<std::pair<QByteArray, int>, std::size_t> places;
    quint32 left = 0;
    for (Problem &problem : problems) {
        const auto known = places.constFind({problem.what, problem.error});
        if (known != places.cend()) {
            Problem &kind = kinds[*known];
            if (named[*known] < mostNamed) {
                kind.source += ", " + problem.source;
                ++named[*known];
            } else {
                ++kind.more;
            }
        } else if (kinds.size() < mostKinds) {
            places.insert({problem.what, problem.error}, kinds.size());
            named.push_back(1);
            kinds.push_back(std::move(problem));
        } else {
            ++left;
        }
    }
    if (left > 0)
        kinds.push_back({"problems", QByteArray::number(left) + " more are not told one by one", 0});
    return kinds;
}

} // namespace socktree
