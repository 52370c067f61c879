// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/main_window.h"

#include "app/actions.h"
#include "app/capture_bar.h"
#include "app/captures.h"
#include "app/column_keeper.h"
#include "app/commands.h"
#include "app/details_panel.h"
#include "app/exporter.h"
#include "app/filter_box.h"
#include "app/panel_splitter.h"
#include "app/process_panel.h"
#include "app/refresh_chain.h"
#include "app/socket_panel.h"
#include "app/status_counts.h"
#include "app/tool_bar.h"
#include "app/view_query.h"
#include "app/window_memory.h"
#include "app/window_writer.h"
#include "app/zoom.h"
#include "model/column.h"
#include "model/refresher.h"
#include "model/text.h"

#include <QtCore/QEvent>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QStatusBar>
#include <QtWidgets/QTreeView>
#include <QtWidgets/QVBoxLayout>

namespace socktree {

MainWindow::MainWindow(Refresher &refresher, QSettings &settings)
{
    m_parts.window = this;
    m_parts.refresher = &refresher;
    build();
    m_captures = new Captures(m_parts);
    connectQuery();
    connectRefresh();
    new Commands(m_parts);
    restoreWindow(m_parts, readPreferences(settings));
    m_writer = new WindowWriter(m_parts, settings);
    updateEmptyState();
    m_parts.toolBar->filterBox()->setFocus();
}

void MainWindow::build()
{
    setWindowTitle(tr("Socktree"));
    m_parts.actions = new Actions(this);
    m_parts.query = new ViewQuery(this);
    m_parts.actions->addTo(this, ActScope::Window);
    m_parts.actions->fill(menuBar());
    m_parts.toolBar = new ToolBar(*m_parts.actions, this);
    addToolBar(m_parts.toolBar);

    auto *central = new QWidget(this);
    m_parts.captureBar = new CaptureBar((*m_parts.actions)[Act::CloseCapture], central);
    m_parts.treeAndTable = new PanelSplitter(Qt::Horizontal, central);
    m_parts.tableAndDetails = new PanelSplitter(Qt::Vertical, m_parts.treeAndTable);
    m_parts.tree = new ProcessPanel(*m_parts.actions, m_parts.treeAndTable);
    m_parts.table = new SocketPanel(*m_parts.actions, m_parts.tableAndDetails);
    m_parts.details = new DetailsPanel(m_parts.tableAndDetails);
    m_parts.tableAndDetails->addPanel(m_parts.table);
    m_parts.tableAndDetails->addPanel(m_parts.details);
    m_parts.treeAndTable->addPanel(m_parts.tree);
    m_parts.treeAndTable->addPanel(m_parts.tableAndDetails);
    m_parts.treeAndTable->setStretchFactor(0, 0);
    m_parts.treeAndTable->setStretchFactor(1, 1);
    m_parts.treeAndTable->setFirstPanelAtMost(0.36);
    m_parts.tableAndDetails->setStretchFactor(0, 1);
    m_parts.tableAndDetails->setStretchFactor(1, 0);
    m_parts.tableAndDetails->setChildrenCollapsible(false);
    m_parts.treeAndTable->setChildrenCollapsible(false);
    // In a low window the table keeps more rows than the details keep lines: rows are what one came for.
    m_parts.table->setMinimumHeight(fontMetrics().height() * 13);
    m_parts.details->setMinimumHeight(fontMetrics().height() * 5);
    auto *barAndPanels = new QVBoxLayout(central);
    barAndPanels->setContentsMargins(0, 0, 0, 0);
    barAndPanels->setSpacing(0);
    barAndPanels->addWidget(m_parts.captureBar);
    barAndPanels->addWidget(m_parts.treeAndTable, 1);
    setCentralWidget(central);

    m_parts.status = new StatusCounts(this);
    statusBar()->addWidget(m_parts.status, 1);
    statusBar()->setSizeGripEnabled(false);

    m_parts.exporter = new Exporter(this);
    m_parts.zoom = new Zoom({m_parts.tree->view(), m_parts.table->view(), m_parts.details->view()}, this);
    m_parts.chain = new RefreshChain(*m_parts.refresher, *m_parts.query, *m_parts.table->view(), *m_parts.tree, this);
    setTabOrder(m_parts.toolBar->filterBox(), m_parts.tree->view());
    setTabOrder(m_parts.tree->view(), m_parts.table->view());
    setTabOrder(m_parts.table->view(), m_parts.details->view());
}

void MainWindow::connectQuery()
{
    ViewQuery *query = m_parts.query;
    FilterBox *filter = m_parts.toolBar->filterBox();
    connect(filter, &FilterBox::edited, query, &ViewQuery::setFilterText);
    connect(filter, &FilterBox::left, m_parts.table->view(), &SocketView::enter);
    connect(query, &ViewQuery::filterTextChanged, filter, &FilterBox::setFilter);
    connect(query, &ViewQuery::filterError, filter, &FilterBox::setError);
    connect(query, &ViewQuery::filterError, m_parts.table, &SocketPanel::showFilterError);
    connect(m_parts.toolBar, &ToolBar::togglesChosen, query, &ViewQuery::setToggles);
    connect(query, &ViewQuery::togglesChanged, m_parts.toolBar,
        [this, query] { m_parts.toolBar->setToggles(query->toggles()); });
    connect(m_parts.tree, &ProcessPanel::scopeChanged, query, &ViewQuery::setScope);
    connect(m_parts.tree, &ProcessPanel::socketChosen, m_parts.chain, &RefreshChain::goTo);
    connect(m_parts.table->view(), &SocketView::sortRequested, query, &ViewQuery::setSort);
}

void MainWindow::connectRefresh()
{
    Refresher *refresher = m_parts.refresher;
    RefreshChain *chain = m_parts.chain;
    SocketView *table = m_parts.table->view();
    connect(m_parts.toolBar, &ToolBar::intervalChosen, refresher, [this, refresher](auto interval) {
        refresher->setInterval(interval);
        showScan();
    });
    connect((*m_parts.actions)[Act::Pause], &QAction::toggled, this, &MainWindow::showScan, Qt::QueuedConnection);
    connect(m_captures, &Captures::shownChanged, this, &MainWindow::updateIdle);

    connect(&table->sockets(), &SocketTableModel::selectionChanged, this,
        [this, table] { m_parts.status->showSelected(table->sockets().selection().count()); });
    connect(chain, &RefreshChain::tableShown, this, &MainWindow::updateEmptyState);
    connect(chain, &RefreshChain::settled, this, [this, chain] {
        const ArrangementPtr &shown = chain->shown().table;
        if (m_parts.details->isVisible())
            m_parts.details->refresh(shown->generation, shown->request.scope);
        m_parts.details->setAmongRows(m_parts.table->view()->sockets().rowOf(m_parts.details->slot()) >= 0);
        m_parts.status->show(chain->shown().table);
        showScan();
        updateTitle();
        updateNeeds();
    });
    connect(&table->columnKeeper(), &ColumnKeeper::changed, this, &MainWindow::updateNeeds);
    // Only what the user chooses changes the panel: it keeps a socket that is gone, with its last values.
    connect(table, &SocketView::currentSocketChanged, this, [this, chain](quint32 slot) {
        const ArrangementPtr &shown = chain->shown().table;
        if (!chain->applying() && shown)
            m_parts.details->setSocket(shown->generation, slot, shown->request.scope);
        updateNeeds();
    });
    // It may be current without having been chosen: it took the place of one that is gone.
    connect(table, &SocketView::socketChosen, this, [this, chain](quint32 slot) {
        const ArrangementPtr &shown = chain->shown().table;
        if (m_parts.details->shows(*shown->generation, slot))
            return;
        m_parts.details->setSocket(shown->generation, slot, shown->request.scope);
        updateNeeds();
    });
}

void MainWindow::openCapture(const QString &path)
{
    m_captures->open(path);
}

void MainWindow::showScan()
{
    const Refresher &refresher = *m_parts.refresher;
    if (m_captures->shown()) // which nothing is refreshed of
        m_parts.status->showScan({}, refresher.interval(), false);
    else
        m_parts.status->showScan(refresher.lastDuration(), refresher.interval(), refresher.paused());
}

/// Asks every descriptor for its flags while a column shows them, else those of the socket in the details.
void MainWindow::updateNeeds()
{
    const auto all = columns();
    Needs needs;
    needs.descriptorTexts = false;
    for (std::size_t i = 0; i < all.size(); ++i)
        if (all[i].needs == Ask::DescriptorFlags && !m_parts.table->view()->isColumnHidden(static_cast<int>(i)))
            needs.descriptorTexts = true;
    if (m_parts.details->isVisible())
        needs.descriptorTextsOf = m_parts.details->inode();
    m_parts.refresher->setNeeds(needs);
}

void MainWindow::updateTitle()
{
    const Snapshot &snapshot = *m_parts.chain->shown().table->generation->snapshot;
    const FileShown *file = m_captures->shown();
    QString what = file ? captureFileName(file->path) : visible(snapshot.host.name);
    if (const QString whose = file ? captureTitle(*file->generation->snapshot) : QString(); !whose.isEmpty())
        what = tr("%1 (%2)").arg(what, whose);
    setWindowTitle(tr("%1 — Socktree").arg(what));
}

void MainWindow::updateEmptyState()
{
    m_parts.table->emptyState()->show(whyEmpty(m_parts.chain->shown().table, *m_parts.query));
}

void MainWindow::updateIdle()
{
    const bool idle = !isVisible() || isMinimized() || m_captures->shown();
    if (idle == m_idle)
        return;
    m_idle = idle;
    m_parts.refresher->setIdle(idle);
}

void MainWindow::closeEvent(QCloseEvent *event)
{
    m_writer->writeNow();
    QMainWindow::closeEvent(event);
}

void MainWindow::changeEvent(QEvent *event)
{
    QMainWindow::changeEvent(event);
    if (event->type() == QEvent::WindowStateChange)
        updateIdle();
}

void MainWindow::showEvent(QShowEvent *event)
{
    QMainWindow::showEvent(event);
    updateIdle();
}

void MainWindow::hideEvent(QHideEvent *event)
{
    QMainWindow::hideEvent(event);
    updateIdle();
}

} // namespace socktree
