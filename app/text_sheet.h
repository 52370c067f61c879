// SPDX-License-Identifier: GPL-3.0-or-later
// A small window with text that can be selected and copied: explanations, errors, lists. Never rich text.
#pragma once

class QString;
class QWidget;

namespace socktree {

enum class SheetFont : bool { Normal, Fixed };
/// Opens it without waiting; it deletes itself when closed.
void showSheet(QWidget *parent, const QString &title, const QString &text, SheetFont font = SheetFont::Normal);

} // namespace socktree
