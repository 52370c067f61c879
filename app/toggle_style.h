// SPDX-License-Identifier: GPL-3.0-or-later
// A tool button that is on shows it: many a palette leaves no more than a shade between on and off.
#pragma once

#include <QtWidgets/QProxyStyle>

class QToolButton;

namespace socktree {

/// The application's style, but for a bar below the words of a button that is on.
class ToggleStyle final : public QProxyStyle
{
public:
    static constexpr int bar = 3; ///< pixels
    static void applyTo(QToolButton &button);
    void drawPrimitive(PrimitiveElement element, const QStyleOption *option, QPainter *painter,
        const QWidget *widget = nullptr) const override;
};

} // namespace socktree
