// SPDX-License-Identifier: GPL-3.0-or-later
// How work leaves the GUI thread alone: workers give way to it, and big values are freed by them.
#pragma once

#include <memory>
#include <vector>

namespace socktree {

/// Lowers the calling thread's priority below the main thread's, once. Only on a thread of our own pool: QThread's
/// priorities do nothing in Linux's normal scheduling class.
void giveWay();

using Dropped = std::vector<std::shared_ptr<const void>>;

/// What is no longer shown. Freeing a generation of many sockets takes long, so the GUI thread keeps its old ones here
/// until nobody else has them, and hands them to its next worker.
class Retired
{
public:
    template <typename T> void add(std::shared_ptr<T> value)
    {
        if (value)
            m_values.push_back(std::move(value));
    }
    /// Those that nobody else has any more; to be freed by whoever takes them.
    Dropped take();

private:
    Dropped m_values;
};

} // namespace socktree
