// SPDX-License-Identifier: GPL-3.0-or-later
// What a path to write to leads to: a file that can be replaced whole, or something that must be written as it is.
#pragma once

#include "model/export/export.h"

#include <QtCore/QByteArray>

#include <optional>

namespace socktree {

struct Target {
    bool replaceable = false; ///< a regular file, or nothing yet
    QByteArray path;          ///< with the links of its last part followed; the one given if it is not replaceable
    std::optional<int> open;  ///< it names this descriptor of our own, as /dev/stdout does
};

/// Touches nothing. The error is an errno.
tl::expected<Target, int> targetOf(const QByteArray &path);

} // namespace socktree
