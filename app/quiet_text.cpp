// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quiet_text.h"

#include <QtCore/QEvent>
#include <QtGui/QPalette>
#include <QtWidgets/QApplication>

namespace socktree {

QuietText::QuietText(QApplication &application) : QObject(&application)
{
    application.installEventFilter(this);
    mend();
}

bool QuietText::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange && watched == parent())
        mend();
    return QObject::eventFilter(watched, event);
}

void QuietText::mend()
{
    constexpr int opacity = 160; // of 255
    const QPalette before = QApplication::palette();
    QPalette palette = before;
    for (const auto group : {QPalette::Active, QPalette::Inactive, QPalette::Disabled}) {
        QColor quiet = palette.color(group, QPalette::Text);
        quiet.setAlpha(opacity);
        palette.setColor(group, QPalette::PlaceholderText, quiet);
    }
    // Setting it is a change itself; the second time there is nothing to mend.
    if (palette != before)
        QApplication::setPalette(palette);
}

} // namespace socktree
