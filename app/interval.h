// SPDX-License-Identifier: GPL-3.0-or-later
// How often may be refreshed: the choices of tool bar, menu and settings.
#pragma once

#include <array>
#include <chrono>

namespace socktree {

inline constexpr std::array intervals{std::chrono::milliseconds(500), std::chrono::milliseconds(1000),
    std::chrono::milliseconds(2000), std::chrono::milliseconds(5000), std::chrono::milliseconds(10000)};
inline constexpr std::chrono::milliseconds defaultInterval{1000};

} // namespace socktree
