// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/elided_label.h"

#include <QtGui/QPainter>
#include <QtWidgets/QStyle>

namespace socktree {

ElidedLabel::ElidedLabel(const char *name, Qt::TextElideMode mode, QWidget *parent) : QLabel(parent), m_mode(mode)
{
    setObjectName(QString::fromLatin1(name));
    setTextFormat(Qt::PlainText);
    setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Preferred);
}

QSize ElidedLabel::minimumSizeHint() const
{
    constexpr int fewCharacters = 6;
    return {fontMetrics().averageCharWidth() * fewCharacters, QLabel::minimumSizeHint().height()};
}

void ElidedLabel::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    style()->drawItemText(&painter, rect(), Qt::AlignVCenter | Qt::TextSingleLine, palette(), isEnabled(),
        fontMetrics().elidedText(text(), m_mode, width()), foregroundRole());
}

} // namespace socktree
