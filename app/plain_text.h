// SPDX-License-Identifier: GPL-3.0-or-later
// Text of processes and sockets for places where Qt would guess at rich text or mnemonics.
#pragma once

#include <QtCore/QString>

namespace socktree {

/// Qt takes a tooltip that looks like HTML for HTML; this one is shown as it is.
QString plainToolTip(const QString &text);
/// For a menu or button: '&' is no mnemonic, and the middle of a long text gives way.
QString plainLabel(const QString &text);

} // namespace socktree
