// SPDX-License-Identifier: GPL-3.0-or-later
// What the tree says of a network namespace: as it is, or as it was when its last socket closed. Plain text.
#pragma once

#include "model/process_tree.h"

#include <QtCore/QString>

namespace socktree {

/// "host", "blue", "net:[4026531833]".
QString namespaceLabel(const Tree &tree, const TreeNode &node);
/// "network namespace blue".
QString namespaceTitle(const Tree &tree, const TreeNode &node);
/// Which it is, and how its sockets were read; several lines.
QString namespaceToolTip(const Tree &tree, const TreeNode &node);

} // namespace socktree
