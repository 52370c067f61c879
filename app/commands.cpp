// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/commands.h"

#include "app/details_panel.h"
#include "app/explanations.h"
#include "app/exporter.h"
#include "app/filter_box.h"
#include "app/other_end.h"
#include "app/process_panel.h"
#include "app/refresh_chain.h"
#include "app/row_actions.h"
#include "app/socket_panel.h"
#include "app/status_counts.h"
#include "app/text_sheet.h"
#include "app/tool_bar.h"
#include "app/view_query.h"
#include "app/window_memory.h"
#include "app/zoom.h"
#include "model/filter/cell_word.h"
#include "model/refresher.h"
#include "model/shown_owner.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>
#include <QtWidgets/QTreeView>

namespace socktree {

Commands::Commands(const WindowParts &parts) : QObject(parts.window), m_parts(parts)
{
    connectFile();
    connectEdit();
    connectView();
    connectSocket();
    connectHelp();
    connectStatus();
}

void Commands::connectFile()
{
    Actions &actions = *m_parts.actions;
    const auto rowsOf = [this](std::vector<quint32> slots) {
        return ExportRows{m_parts.chain->shown().table, std::move(slots), m_parts.table->view()->shownColumns()};
    };
    connect(actions[Act::Export], &QAction::triggered, this, [this, rowsOf] {
        if (m_parts.chain->shown().table)
            m_parts.exporter->exportNow(rowsOf(m_parts.table->rowsShown()));
    });
    connect(actions[Act::ExportAs], &QAction::triggered, this,
        [this] { exportRows(m_parts.table->rowsShown(), tr("Export the rows shown")); });
    connect(actions[Act::ExportSelected], &QAction::triggered, this,
        [this] { exportRows(m_parts.table->rowsSelected(), tr("Export the selected rows")); });
    connect(actions[Act::ExportOfTree], &QAction::triggered, this, [this] {
        const QString title = m_parts.tree->scopeTitle();
        exportRows(m_parts.tree->slotsOfSelection(),
            title.isEmpty() ? tr("Export the sockets of all processes") : tr("Export the sockets of %1").arg(title));
    });
    connect(actions[Act::Quit], &QAction::triggered, m_parts.window, &QWidget::close);
    connect(m_parts.exporter, &Exporter::said, m_parts.status, &StatusCounts::say);
    connect(m_parts.exporter, &Exporter::failed, this,
        [this](const QString &message) { showSheet(m_parts.window, tr("Export failed"), message); });
}

void Commands::exportRows(const std::vector<quint32> &slots, const QString &title)
{
    if (slots.empty() || !m_parts.chain->shown().table) {
        m_parts.status->say(tr("There is no row to export."));
        return;
    }
    // The rows are those of this moment, however long the user looks for a folder.
    m_parts.exporter->exportAs({m_parts.chain->shown().table, slots, m_parts.table->view()->shownColumns()}, title);
}

void Commands::connectEdit()
{
    Actions &actions = *m_parts.actions;
    connect(actions[Act::Copy], &QAction::triggered, this, &Commands::copy);
    connect(actions[Act::CopyCell], &QAction::triggered, this, [this] {
        const Column *column = m_parts.table->view()->currentColumn();
        if (const auto row = m_parts.table->currentRow(); row && column)
            QGuiApplication::clipboard()->setText(copyText(*column, *row));
    });
    connect(actions[Act::CopyDetails], &QAction::triggered, this, [this] {
        if (const QString text = m_parts.details->allText(); !text.isEmpty())
            QGuiApplication::clipboard()->setText(text);
    });
    connect(actions[Act::FocusFilter], &QAction::triggered, this, [this] {
        m_parts.toolBar->filterBox()->setFocus(Qt::ShortcutFocusReason);
        m_parts.toolBar->filterBox()->selectAll();
    });
    connect(actions[Act::Leave], &QAction::triggered, this, &Commands::leave);
}

void Commands::copy()
{
    QString text;
    if (m_parts.details->isAncestorOf(m_parts.window->focusWidget()))
        text = m_parts.details->selectedText();
    else if (m_parts.tree->isAncestorOf(m_parts.window->focusWidget()))
        text = m_parts.tree->selectedText();
    else
        text = m_parts.table->selectedText();
    if (!text.isEmpty())
        QGuiApplication::clipboard()->setText(text);
}

void Commands::leave()
{
    const bool filtered = !m_parts.query->filterText().isEmpty() || !m_parts.toolBar->filterBox()->text().isEmpty();
    const bool leavesTree = m_parts.tree->view()->hasFocus() && !m_parts.tree->scope().everything();
    if (filtered && !leavesTree) {
        m_parts.query->setFilterText({});
        m_parts.toolBar->filterBox()->setFilter({});
    } else if (leavesTree || m_parts.table->view()->hasFocus()) {
        m_parts.tree->showAll();
    } else {
        m_parts.table->view()->setFocus(Qt::ShortcutFocusReason);
    }
}

void Commands::connectView()
{
    Actions &actions = *m_parts.actions;
    for (const Act on : {Act::ShowTree, Act::ByNamespace, Act::ShowDetails, Act::Marks})
        actions[on]->setChecked(true); // as the parts are until something is restored
    connect(actions[Act::Refresh], &QAction::triggered, m_parts.refresher, &Refresher::refresh);
    connect(actions[Act::Pause], &QAction::toggled, m_parts.refresher, &Refresher::setPaused);
    connect(actions[Act::PauseByTable], &QAction::triggered, actions[Act::Pause], &QAction::toggle);
    connect(actions[Act::ShowTree], &QAction::toggled, this, [this](bool shown) {
        m_parts.tree->setVisible(shown);
        if (!shown) // nothing on screen would say what is left out
            m_parts.tree->showAll();
    });
    connect(actions[Act::ByNamespace], &QAction::toggled, this, [this](bool on) {
        if (!on) // or the table would show less than what is selected
            m_parts.tree->widenScope();
        m_parts.query->setByNamespace(on);
    });
    connect(actions[Act::ShowDetails], &QAction::toggled, this, [this](bool shown) {
        m_parts.details->setVisible(shown);
        if (shown && m_parts.chain->shown().table) // it does not follow while it is hidden
            m_parts.details->refresh(
                m_parts.chain->shown().table->generation, m_parts.chain->shown().table->request.scope);
    });
    connect(actions[Act::Marks], &QAction::toggled, this, [this](bool marks) {
        m_parts.table->view()->setTinted(marks);
        m_parts.tree->view()->setTinted(marks);
    });
    connect(
        actions[Act::ZoomIn], &QAction::triggered, this, [this] { m_parts.zoom->setSteps(m_parts.zoom->steps() + 1); });
    connect(actions[Act::ZoomOut], &QAction::triggered, this,
        [this] { m_parts.zoom->setSteps(m_parts.zoom->steps() - 1); });
    connect(actions[Act::ZoomReset], &QAction::triggered, this, [this] { m_parts.zoom->setSteps(0); });
    connect(actions[Act::ResetLayout], &QAction::triggered, this, [this] { resetWindow(m_parts); });
}

void Commands::connectSocket()
{
    Actions &actions = *m_parts.actions;
    connect(actions[Act::FilterBy], &QAction::triggered, this, [this] { filterByCell(false); });
    connect(actions[Act::Exclude], &QAction::triggered, this, [this] { filterByCell(true); });
    connect(actions[Act::ShowOnly], &QAction::triggered, this, &Commands::showOnlyProcess);
    connect(actions[Act::GoToDetails], &QAction::triggered, this, &Commands::goToDetails);
    new OtherEnd(m_parts);
    connect(m_parts.table->view(), &SocketView::socketActivated, this, &Commands::goToDetails);
    for (const QAction *top : m_parts.window->menuBar()->actions()) {
        if (top->text() != menuTitle(ActMenu::Socket))
            continue;
        connect(top->menu(), &QMenu::aboutToShow, this, [this] {
            const auto row = m_parts.table->currentRow();
            labelActions(*m_parts.actions, m_parts.table->view()->currentColumn(), row ? &*row : nullptr);
        });
        connect(top->menu(), &QMenu::aboutToHide, this, [this] { labelActions(*m_parts.actions, nullptr, nullptr); });
    }
}

void Commands::filterByCell(bool exclude)
{
    const auto row = m_parts.table->currentRow();
    const Column *column = m_parts.table->view()->currentColumn();
    const QString word = row && column ? filterWord(*column, *row) : QString();
    if (word.isEmpty())
        m_parts.status->say(tr("No cell to filter by. Choose one that holds a value the filter knows."));
    else
        m_parts.query->setFilterText(withWord(m_parts.query->filterText(), exclude ? u'-' + word : word));
}

void Commands::showOnlyProcess()
{
    const auto row = m_parts.table->currentRow();
    const auto owner = row ? shownOwner(*row) : std::nullopt;
    if (!owner || owner->how == ShownOwner::How::Was)
        return;
    const ProcessKey process = owner->process->key;
    m_parts.actions->operator[](Act::ShowTree)->setChecked(true);
    m_parts.tree->select(process);
}

void Commands::goToDetails()
{
    m_parts.actions->operator[](Act::ShowDetails)->setChecked(true);
    if (const ArrangementPtr &shown = m_parts.chain->shown().table)
        m_parts.details->setSocket(shown->generation, m_parts.table->view()->currentSlot(), shown->request.scope);
    m_parts.details->view()->setFocus(Qt::OtherFocusReason);
}

void Commands::connectHelp()
{
    Actions &actions = *m_parts.actions;
    const auto snapshot = [this]() -> SnapshotPtr {
        const GenerationPtr &generation = m_parts.chain->generation();
        return generation ? generation->snapshot : std::make_shared<const Snapshot>();
    };
    connect(actions[Act::Shortcuts], &QAction::triggered, this, [this] {
        showSheet(m_parts.window, tr("Keyboard shortcuts"), m_parts.actions->shortcutList(), SheetFont::Fixed);
    });
    connect(actions[Act::WhyHidden], &QAction::triggered, this,
        [this, snapshot] { showSheet(m_parts.window, tr("Hidden owners"), explainHiddenOwners(*snapshot())); });
    connect(actions[Act::Problems], &QAction::triggered, this,
        [this, snapshot] { showSheet(m_parts.window, tr("Problems"), explainProblems(*snapshot())); });
    connect(actions[Act::Unavailable], &QAction::triggered, this, [this, snapshot] {
        const bool ofFile = snapshot()->origin.file;
        showSheet(m_parts.window,
            ofFile ? tr("What the kernel of this capture could not list") : tr("What this kernel cannot list"),
            explainUnavailable(*snapshot()));
    });
    connect(actions[Act::About], &QAction::triggered, this, [this] {
        showSheet(m_parts.window, tr("About Socktree"),
            tr("Socktree %1\n\nWhich process has which sockets, to whom, and how are they doing.\n\nFree software "
               "under "
               "the GNU General Public License, version 3 or later. It comes with no warranty.")
                .arg(QStringLiteral(SOCKTREE_VERSION)));
    });
}

void Commands::connectStatus()
{
    Actions &actions = *m_parts.actions;
    StatusCounts *status = m_parts.status;
    connect(status, &StatusCounts::allAsked, this, &Commands::showAll);
    connect(status, &StatusCounts::establishedAsked, this, [this] { toggleState(Act::Established); });
    connect(status, &StatusCounts::listeningAsked, this, [this] { toggleState(Act::Listening); });
    connect(status, &StatusCounts::timeWaitAsked, this, [this] { toggleState(Act::TimeWait); });
    connect(status, &StatusCounts::closeWaitAsked, this, [this] { toggleState(Act::CloseWait); });
    connect(status, &StatusCounts::waitingAsked, m_parts.chain, &RefreshChain::arrangeNow);
    connect(status, &StatusCounts::pausedAsked, actions[Act::Pause], &QAction::toggle);
    connect(status, &StatusCounts::hiddenAsked, actions[Act::WhyHidden], &QAction::trigger);
    connect(status, &StatusCounts::problemsAsked, actions[Act::Problems], &QAction::trigger);
    connect(m_parts.table->emptyState(), &EmptyState::wayChosen, this, [this](EmptyReason::Way way) {
        switch (way) {
        case EmptyReason::Way::None: break;
        case EmptyReason::Way::ClearFilter:
            m_parts.query->setFilterText({});
            m_parts.query->setToggles({});
            break;
        case EmptyReason::Way::AllSockets: m_parts.tree->showAll(); break;
        case EmptyReason::Way::WhatFailed: m_parts.actions->operator[](Act::Problems)->trigger(); break;
        }
    });
}

void Commands::showAll()
{
    m_parts.query->setFilterText({});
    m_parts.query->setToggles({});
    m_parts.tree->showAll();
}

void Commands::toggleState(Act act)
{
    const bool already = m_parts.actions->operator[](act)->isChecked();
    m_parts.actions->operator[](already ? Act::AllStates : act)->trigger();
}

} // namespace socktree
