// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/process_panel.h"

#include "app/actions.h"
#include "app/column_keeper.h"
#include "app/header_style.h"

#include <QtCore/QScopedValueRollback>
#include <QtGui/QFontMetrics>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QMenu>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace socktree {

namespace {
struct TreeColumn {
    const char *id; ///< in settings
    ProcessTreeModel::Column column;
    int width; ///< characters
    bool shown;
};
// In view order.
constexpr TreeColumn treeColumns[] = {{"name", ProcessTreeModel::Name, 26, true},
    {"pid", ProcessTreeModel::Pid, 8, true}, {"sockets", ProcessTreeModel::Sockets, 9, true},
    {"listening", ProcessTreeModel::Listening, 9, false}, {"established", ProcessTreeModel::Established, 9, false},
    {"recv-rate", ProcessTreeModel::RecvRate, 10, false}, {"send-rate", ProcessTreeModel::SendRate, 10, false},
    {"user", ProcessTreeModel::User, 10, false}, {"unit", ProcessTreeModel::UnitName, 24, false}};
static_assert(std::size(treeColumns) == ProcessTreeModel::ColumnCount);

ColumnLayout standardOf(const QFontMetrics &metrics)
{
    ColumnLayout layout;
    for (const TreeColumn &each : treeColumns)
        layout.append({each.id, each.width * metrics.averageCharWidth() + 2 * HeaderStyle::margin, each.shown});
    return layout;
}
} // namespace

ProcessPanel::ProcessPanel(const Actions &actions, QWidget *parent)
    : QWidget(parent), m_actions(actions), m_model(new ProcessTreeModel(this)), m_view(new ProcessView(*m_model, this)),
      m_all(new QToolButton(this))
{
    m_view->setAccessibleName(tr("Processes and their sockets"));
    m_view->setTextElideMode(Qt::ElideRight);
    m_view->header()->setContextMenuPolicy(Qt::CustomContextMenu);
    QList<QByteArray> ids;
    for (int column = 0; column < ProcessTreeModel::ColumnCount; ++column) {
        const auto each = std::find_if(std::begin(treeColumns), std::end(treeColumns),
            [column](const TreeColumn &one) { return one.column == column; });
        ids << each->id;
    }
    m_columns = new ColumnKeeper(m_view->header(), ids, [this] { return standardOf(m_view->fontMetrics()); });
    setColumns({});
    actions.addTo(m_view, ActScope::Tree);
    connect(actions[Act::ExpandAll], &QAction::triggered, m_view, &ProcessView::expandAll);
    connect(actions[Act::CollapseAll], &QAction::triggered, m_view, &ProcessView::collapseProcesses);
    connect(m_view->header(), &QWidget::customContextMenuRequested, this, &ProcessPanel::headerMenu);
    connect(m_view, &ProcessView::menuRequested, this, &ProcessPanel::contextMenu);

    m_all->setText(tr("All sockets"));
    m_all->setToolTip(actions[Act::AllSockets]->toolTip());
    m_all->setCheckable(true);
    m_all->setChecked(true);
    m_all->setAutoRaise(true);
    m_all->setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    connect(m_all, &QToolButton::clicked, this, &ProcessPanel::showAll);
    connect(actions[Act::AllSockets], &QAction::triggered, this, &ProcessPanel::showAll);

    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    layout->addWidget(m_all);
    layout->addWidget(m_view, 1);

    connect(m_view, &ProcessView::scopeChanged, this, [this](const TreeScope &scope) {
        if (m_applying || scope == m_scope)
            return;
        m_scope = scope;
        m_all->setChecked(scope.everything());
        Q_EMIT scopeChanged(scope);
    });
    connect(m_view, &ProcessView::socketChosen, this, [this](quint32 slot) {
        if (!m_applying && slot != noIndex)
            Q_EMIT socketChosen(slot);
    });
}

void ProcessPanel::apply(const TreePtr &tree)
{
    const QScopedValueRollback<bool> guard(m_applying, true);
    m_view->apply(tree);
    m_view->addToSelection(m_scope); // what is selected may have come to another namespace, or come back
}

void ProcessPanel::showAll()
{
    m_view->setScope({});
    m_all->setChecked(true);
    if (!m_scope.everything()) { // what was selected is gone from the tree, so the view had nothing to change
        m_scope = {};
        Q_EMIT scopeChanged(m_scope);
    }
}

void ProcessPanel::widenScope()
{
    const TreeScope wide = widened(m_scope);
    if (wide == m_scope)
        return;
    m_scope = wide;
    m_all->setChecked(m_scope.everything());
    Q_EMIT scopeChanged(m_scope);
}

void ProcessPanel::select(const ProcessKey &process)
{
    m_view->setScope({{partOf(process)}});
    m_view->scrollTo(m_model->indexOf(process));
}

bool ProcessPanel::selectSocket(quint32 slot)
{
    const QModelIndex index = m_model->indexOfSocket(slot);
    if (!index.isValid())
        return false;
    m_view->selectionModel()->setCurrentIndex(index, QItemSelectionModel::ClearAndSelect | QItemSelectionModel::Rows);
    m_view->scrollTo(index);
    return true;
}

std::vector<quint32> ProcessPanel::slotsOfSelection() const
{
    std::vector<quint32> all;
    const TreePtr &tree = m_model->tree();
    if (!tree)
        return all;
    const ScopeTest test(m_scope);
    bool inNamespace = false;
    for (const TreeNode &node : tree->nodes) {
        const bool named = test.names(node.part);
        if (node.isNamespace())
            inNamespace = named;
        if (!named && !inNamespace && !m_scope.everything())
            continue;
        for (const quint32 slot : tree->leavesOf(node))
            if (tree->generation->entries[slot].live())
                all.push_back(slot);
    }
    std::vector<bool> seen;
    const auto again = [&seen](quint32 slot) {
        if (slot >= seen.size())
            seen.resize(slot + 1);
        const bool was = seen[slot];
        seen[slot] = true;
        return was;
    };
    all.erase(std::remove_if(all.begin(), all.end(), again), all.end());
    return all;
}

QString ProcessPanel::selectedText() const
{
    QModelIndexList rows = m_view->selectionModel()->selectedRows();
    std::sort(rows.begin(), rows.end(), [this](const QModelIndex &a, const QModelIndex &b) {
        return m_view->visualRect(a).top() < m_view->visualRect(b).top();
    });
    QStringList lines;
    for (const QModelIndex &row : rows) {
        QStringList cells;
        for (int visual = 0; visual < m_view->header()->count(); ++visual) {
            const int column = m_view->header()->logicalIndex(visual);
            if (!m_view->isColumnHidden(column))
                cells << row.siblingAtColumn(column).data().toString();
        }
        lines << cells.join(u'\t');
    }
    return lines.join(u'\n');
}

QString ProcessPanel::scopeTitle() const
{
    const auto &parts = m_scope.parts;
    if (parts.empty())
        return {};
    if (parts.size() > 1) {
        const auto allAre = [&parts](TreePart::Kind kind) {
            return std::all_of(parts.begin(), parts.end(), [kind](const TreePart &part) { return part.kind == kind; });
        };
        return (allAre(TreePart::Kind::Process)     ? tr("%1 processes")
                : allAre(TreePart::Kind::Namespace) ? tr("%1 network namespaces")
                                                    : tr("%1 rows of the tree"))
            .arg(parts.size());
    }
    const TreePart &part = parts.front();
    const QModelIndex index = m_model->indexOf(part);
    const QString name
        = index.data(part.kind == TreePart::Kind::Namespace ? Qt::AccessibleTextRole : Qt::DisplayRole).toString();
    return part.kind == TreePart::Kind::Process ? QStringLiteral("%1 (%2)").arg(name, QString::number(part.process.pid))
                                                : name;
}

void ProcessPanel::setColumns(ColumnLayout layout)
{
    for (ColumnPlace &place : layout)
        place.visible = place.visible || place.id == treeColumns[0].id;
    m_columns->apply(layout);
}

void ProcessPanel::headerMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    for (const TreeColumn &each : treeColumns) {
        if (each.column == ProcessTreeModel::Name)
            continue;
        QAction *action = menu->addAction(m_model->headerData(each.column, Qt::Horizontal).toString());
        action->setCheckable(true);
        action->setChecked(!m_view->isColumnHidden(each.column));
        connect(action, &QAction::toggled, m_view,
            [this, column = each.column](bool shown) { m_view->setColumnHidden(column, !shown); });
    }
    menu->addSeparator();
    connect(menu->addAction(tr("Reset")), &QAction::triggered, this, [this] { setColumns({}); });
    menu->popup(m_view->header()->mapToGlobal(at));
}

void ProcessPanel::contextMenu(const QPoint &at)
{
    auto *menu = new QMenu(this);
    menu->setAttribute(Qt::WA_DeleteOnClose);
    menu->setToolTipsVisible(true);
    menu->setObjectName(QStringLiteral("tree-menu"));
    menu->addAction(m_actions[Act::GoToOtherEnd]);
    menu->addSeparator();
    menu->addAction(m_actions[Act::Copy]);
    menu->addAction(m_actions[Act::ExportOfTree]);
    menu->addSeparator();
    menu->addAction(m_actions[Act::AllSockets]);
    menu->addAction(m_actions[Act::ExpandAll]);
    menu->addAction(m_actions[Act::CollapseAll]);
    menu->popup(at);
}

} // namespace socktree
