// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/socket_panel.h"

#include "app/actions.h"
#include "app/column_menu.h"
#include "app/row_actions.h"
#include "model/export/export.h"

#include <QtWidgets/QLabel>
#include <QtWidgets/QMenu>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>
#include <iterator>

namespace socktree {

SocketPanel::SocketPanel(const Actions &actions, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_model(new SocketTableModel(this)), m_view(new SocketView(*m_model, this)),
      m_columns(new ColumnMenu(m_view)), m_empty(new EmptyState(m_view)), m_error(new QLabel(this))
{
    m_view->setAccessibleName(tr("Sockets"));
    actions.addTo(m_view, ActScope::Table);
    connect(actions[Act::SelectAll], &QAction::triggered, m_view, &SocketView::selectAll);
    connect(actions[Act::Columns], &QAction::triggered, m_columns, &ColumnMenu::choose);
    connect(m_view, &SocketView::menuRequested, this, &SocketPanel::popup);

    m_error->setTextFormat(Qt::PlainText);
    m_error->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_error->setAutoFillBackground(true);
    m_error->setBackgroundRole(QPalette::ToolTipBase);
    m_error->setForegroundRole(QPalette::ToolTipText);
    m_error->setMargin(4);
    m_error->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_error->hide();

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_error);
    layout->addWidget(m_view, 1);
    setFocusProxy(m_view);
}

void SocketPanel::showFilterError(const QString &message)
{
    m_error->setText(message);
    m_error->setVisible(!message.isEmpty());
}

QString SocketPanel::filterError() const
{
    return m_error->text();
}

std::vector<quint32> SocketPanel::rowsShown() const
{
    std::vector<quint32> rows;
    if (const ArrangementPtr &shown = m_model->arrangement())
        std::copy_if(shown->slots.begin(), shown->slots.end(), std::back_inserter(rows),
            [&](quint32 slot) { return shown->generation->entries[slot].live(); });
    return rows;
}

std::vector<quint32> SocketPanel::rowsSelected() const
{
    std::vector<quint32> rows;
    for (const quint32 slot : rowsShown()) {
        if (m_model->selection().contains(slot))
            rows.push_back(slot);
    }
    return rows;
}

std::optional<RowRef> SocketPanel::currentRow() const
{
    const int row = m_view->currentIndex().row();
    return row >= 0 && row < m_model->rowCount() ? std::optional(m_model->rowAt(row)) : std::nullopt;
}

QString SocketPanel::selectedText() const
{
    const ArrangementPtr &shown = m_model->arrangement();
    if (!shown)
        return {};
    std::vector<quint32> rows = rowsSelected();
    if (rows.empty() && m_view->currentSlot() != noIndex)
        rows.push_back(m_view->currentSlot());
    return rowsAsText({*shown->generation, rows, &shown->request.scope}, m_view->shownColumns());
}

void SocketPanel::popup(const QPoint &at)
{
    const std::optional<RowRef> row = currentRow();
    if (!row)
        return;
    labelActions(m_actions, m_view->currentColumn(), &*row);
    auto *menu = new QMenu(this);
    menu->setObjectName(QStringLiteral("row-menu"));
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->addActions({m_actions[Act::FilterBy], m_actions[Act::Exclude]});
    menu->addSeparator();
    menu->addActions({m_actions[Act::CopyCell], m_actions[Act::Copy], m_actions[Act::CopyDetails]});
    menu->addSeparator();
    menu->addActions({m_actions[Act::ShowOnly], m_actions[Act::GoToDetails], m_actions[Act::GoToOtherEnd]});
    menu->addSeparator();
    menu->addAction(m_actions[Act::ExportSelected]);
    connect(menu, &QMenu::aboutToHide, this, [this] { labelActions(m_actions, nullptr, nullptr); });
    m_view->holdWhileOpen(menu);
    menu->popup(at);
}

} // namespace socktree
