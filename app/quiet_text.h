// SPDX-License-Identifier: GPL-3.0-or-later
// Text that stands back, as what an empty field says, in a colour that can be read on every palette.
#pragma once

#include <QtCore/QObject>

class QApplication;

namespace socktree {

/// Some desktops' dark palettes leave QPalette::PlaceholderText as it is in a light one, dark on dark. So it is made of
/// the palette's own text, now and whenever the desktop changes it.
class QuietText final : public QObject
{
    Q_OBJECT
public:
    explicit QuietText(QApplication &application);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    static void mend();
};

} // namespace socktree
