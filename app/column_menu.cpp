// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_menu.h"

#include "app/column_layout.h"
#include "app/plain_text.h"
#include "app/socket_view.h"
#include "model/column.h"

#include <QtCore/QCoreApplication>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QLineEdit>
#include <QtWidgets/QMenu>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QTreeWidget>
#include <QtWidgets/QVBoxLayout>

namespace socktree {

static QString translated(const char *text)
{
    return QCoreApplication::translate("Column", text);
}

ColumnMenu::ColumnMenu(SocketView *view) : QObject(view), m_view(view)
{
    QHeaderView *header = view->horizontalHeader();
    header->setContextMenuPolicy(Qt::CustomContextMenu);
    connect(header, &QWidget::customContextMenuRequested, this, &ColumnMenu::popup);
}

void ColumnMenu::popup(const QPoint &at)
{
    QHeaderView *header = m_view->horizontalHeader();
    const int logical = header->logicalIndexAt(at);
    auto *menu = new QMenu(m_view);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    if (logical >= 0) {
        const QString title = plainLabel(translated(columns()[static_cast<std::size_t>(logical)].title));
        QAction *hide = menu->addAction(tr("&Hide “%1”").arg(title));
        hide->setEnabled(visibleColumns(*header).size() > 1);
        connect(hide, &QAction::triggered, this, [this, logical] { setShown(logical, false); });
        connect(menu->addAction(tr("&Fit width")), &QAction::triggered, m_view,
            [this, logical] { m_view->resizeColumnToContents(logical); });
        menu->addSeparator();
    }
    connect(menu->addAction(tr("&Choose columns…")), &QAction::triggered, this, &ColumnMenu::choose);
    connect(menu->addAction(tr("&Reset columns")), &QAction::triggered, m_view, &SocketView::resetColumns);
    menu->popup(header->mapToGlobal(at));
}

void ColumnMenu::setShown(int logical, bool shown)
{
    QHeaderView *header = m_view->horizontalHeader();
    if (shown || visibleColumns(*header).size() > 1) // a table without a column could not get one back by its header
        header->setSectionHidden(logical, !shown);
}

void ColumnMenu::choose()
{
    auto *dialog = new QDialog(m_view->window());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("columns"));
    dialog->setWindowTitle(tr("Columns"));
    auto *list = new QTreeWidget(dialog);
    list->setColumnCount(2);
    list->setHeaderLabels({tr("Column"), tr("Meaning")});
    list->setRootIsDecorated(false);
    list->setUniformRowHeights(true);
    list->setAccessibleName(tr("Columns of the table"));
    const auto fill = [this, list] {
        const QSignalBlocker quiet(list);
        list->clear();
        for (int logical = 0; logical < static_cast<int>(columns().size()); ++logical) {
            const Column &column = columns()[static_cast<std::size_t>(logical)];
            auto *item = new QTreeWidgetItem(list, {translated(column.title), translated(column.meaning)});
            item->setToolTip(1, plainToolTip(columnHelp(column)));
            item->setCheckState(0, m_view->isColumnHidden(logical) ? Qt::Unchecked : Qt::Checked);
        }
    };
    fill();
    list->resizeColumnToContents(0);
    connect(list, &QTreeWidget::itemChanged, this, [this, list](QTreeWidgetItem *item) {
        const int logical = list->indexOfTopLevelItem(item);
        setShown(logical, item->checkState(0) == Qt::Checked);
        const QSignalBlocker quiet(list);
        item->setCheckState(0, m_view->isColumnHidden(logical) ? Qt::Unchecked : Qt::Checked);
    });

    auto *hint = new QLabel(tr("Drag a column's head in the table to move it."), dialog);
    hint->setWordWrap(true);
    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    // Return in the list must not undo what was just chosen.
    buttons->button(QDialogButtonBox::Close)->setDefault(true);
    QPushButton *standard = buttons->addButton(tr("&Reset"), QDialogButtonBox::ResetRole);
    standard->setAutoDefault(false);
    connect(standard, &QPushButton::clicked, this, [this, fill] {
        m_view->resetColumns();
        fill();
    });
    connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);
    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(list);
    layout->addWidget(hint);
    layout->addWidget(buttons);
    const QFontMetrics metrics = dialog->fontMetrics();
    dialog->resize(metrics.averageCharWidth() * 90, metrics.lineSpacing() * 30);
    dialog->open();
}

} // namespace socktree
