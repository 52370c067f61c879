// SPDX-License-Identifier: GPL-3.0-or-later
// Reading numbers out of bytes the kernel sent: by copy, never by cast, and never past the end.
#pragma once

#include <QtCore/qglobal.h>

#include <cstddef>
#include <cstring>
#include <optional>
#include <span>
#include <type_traits>

namespace socktree {

using Bytes = std::span<const std::byte>;

/// The T at @p offset in host byte order, or nothing if it is not whole within @p bytes.
template <typename T> std::optional<T> load(Bytes bytes, std::size_t offset = 0)
{
    static_assert(std::is_trivially_copyable_v<T>);
    if (offset > bytes.size() || bytes.size() - offset < sizeof(T))
        return std::nullopt;
    T value;
    std::memcpy(&value, bytes.data() + offset, sizeof value);
    return value;
}

} // namespace socktree
