// SPDX-License-Identifier: GPL-3.0-or-later
// Text of processes and sockets for places where Qt would guess at rich text or mnemonics.
#pragma once

#include <QtCore/QString>

namespace socktree {

/// Qt takes a tooltip that looks like HTML for HTML, and gives one of plain text as many pixels as its longest line
/// asks for; this one is shown as it is, in lines of 80 characters at most, and if it is very long not to its end.
QString plainToolTip(const QString &text);
/// For a menu or button: '&' is no mnemonic, and the middle of a long text gives way.
QString plainLabel(const QString &text);

} // namespace socktree
