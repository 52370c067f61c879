// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_memory.h"

#include "app/actions.h"
#include "app/column_keeper.h"
#include "app/details_panel.h"
#include "app/exporter.h"
#include "app/panel_splitter.h"
#include "app/process_panel.h"
#include "app/socket_panel.h"
#include "app/tool_bar.h"
#include "app/view_query.h"
#include "app/zoom.h"
#include "model/refresher.h"

#include <QtGui/QScreen>
#include <QtWidgets/QMainWindow>

namespace socktree {

static void setSizes(PanelSplitter &splitter, const QList<int> &sizes, const QList<int> &standard)
{
    splitter.setPanelSizes(sizes.size() == splitter.count() ? sizes : standard);
}

static void restoreLayout(const WindowParts &parts, const Preferences &preferences)
{
    Actions &actions = *parts.actions;
    parts.zoom->setSteps(preferences.zoom); // before the widths, which it scales
    parts.table->view()->columnKeeper().apply(preferences.columns);
    parts.tree->setColumns(preferences.treeColumns);
    parts.details->setColumns(preferences.detailColumns);
    parts.details->setFolded(preferences.folded);
    setSizes(*parts.treeAndTable, preferences.treeAndTable, {360, 1240});
    setSizes(*parts.tableAndDetails, preferences.tableAndDetails, {520, 230});
    actions[Act::ShowTree]->setChecked(preferences.tree);
    actions[Act::ByNamespace]->setChecked(preferences.byNamespace);
    actions[Act::ShowDetails]->setChecked(preferences.details);
    actions[Act::Marks]->setChecked(preferences.marks);
    parts.query->setSort(preferences.sortColumn, preferences.descending);
    parts.table->view()->setSort(preferences.sortColumn, preferences.descending);
}

void restoreWindow(const WindowParts &parts, const Preferences &preferences)
{
    if (preferences.geometry.isEmpty() || !parts.window->restoreGeometry(preferences.geometry)) {
        const QSize room = parts.window->screen()->availableSize();
        parts.window->resize(QSize(1680, 920).boundedTo(room * 0.95));
    }
    restoreLayout(parts, preferences);
    parts.refresher->setInterval(preferences.interval);
    parts.toolBar->setInterval(preferences.interval);
    parts.query->setToggles(preferences.toggles);
    parts.exporter->setFormat(preferences.format);
    parts.exporter->setFolder(preferences.exportFolder);
}

Preferences preferencesOf(const WindowParts &parts)
{
    const Actions &actions = *parts.actions;
    Preferences p;
    p.geometry = parts.window->saveGeometry();
    p.treeAndTable = parts.treeAndTable->panelSizes();
    p.tableAndDetails = parts.tableAndDetails->panelSizes();
    p.columns = parts.table->view()->columnKeeper().layout();
    p.treeColumns = parts.tree->columnKeeper().layout();
    p.detailColumns = parts.details->columnKeeper().layout();
    p.folded = parts.details->folded();
    p.sortColumn = parts.query->sortColumn();
    p.descending = parts.query->descending();
    p.interval = parts.refresher->interval();
    p.toggles = parts.query->toggles();
    p.zoom = parts.zoom->steps();
    p.marks = actions[Act::Marks]->isChecked();
    p.tree = actions[Act::ShowTree]->isChecked();
    p.byNamespace = actions[Act::ByNamespace]->isChecked();
    p.details = actions[Act::ShowDetails]->isChecked();
    p.format = parts.exporter->format();
    p.exportFolder = parts.exporter->folder();
    return p;
}

void resetWindow(const WindowParts &parts)
{
    restoreLayout(parts, Preferences{});
}

} // namespace socktree
