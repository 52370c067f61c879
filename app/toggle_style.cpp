// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toggle_style.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyleOption>
#include <QtWidgets/QToolButton>

namespace socktree {

void ToggleStyle::applyTo(QToolButton &button)
{
    auto *style = new ToggleStyle;
    style->setParent(&button); // setStyle does not take it
    button.setStyle(style);
}

void ToggleStyle::drawPrimitive(
    PrimitiveElement element, const QStyleOption *option, QPainter *painter, const QWidget *widget) const
{
    QProxyStyle::drawPrimitive(element, option, painter, widget);
    if (element != PE_PanelButtonTool || !(option->state & State_On))
        return;
    constexpr int frame = 2;
    const QRect inside = option->rect.adjusted(frame, frame, -frame, -frame);
    const auto group = option->state & State_Enabled ? QPalette::Active : QPalette::Disabled;
    const QColor colour = option->palette.color(group, QPalette::Highlight);
    QColor face = colour;
    face.setAlphaF(0.25f);
    painter->fillRect(inside, face);
    painter->fillRect(QRect(inside.left(), inside.bottom() + 1 - bar, inside.width(), bar), colour);
}

} // namespace socktree
