// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/header_help.h"

#include "app/plain_text.h"

#include <QtGui/QHelpEvent>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QToolTip>

namespace socktree {

HeaderHelp::HeaderHelp(QHeaderView *header) : QObject(header), m_header(header)
{
    header->viewport()->installEventFilter(this);
}

bool HeaderHelp::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::ToolTip || !m_header->model())
        return QObject::eventFilter(watched, event);
    const auto *help = static_cast<QHelpEvent *>(event);
    const int section = m_header->logicalIndexAt(help->pos());
    const QVariant text = m_header->model()->headerData(section, m_header->orientation(), Qt::ToolTipRole);
    QToolTip::showText(help->globalPos(), plainToolTip(text.toString()), m_header->viewport());
    return true;
}

} // namespace socktree
