// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_writer.h"

#include "app/actions.h"
#include "app/column_keeper.h"
#include "app/details_panel.h"
#include "app/exporter.h"
#include "app/panel_splitter.h"
#include "app/process_panel.h"
#include "app/socket_panel.h"
#include "app/tool_bar.h"
#include "app/view_query.h"
#include "app/window_memory.h"
#include "app/zoom.h"

#include <QtCore/QEvent>
#include <QtCore/QSettings>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QMainWindow>

namespace socktree {

WindowWriter::WindowWriter(const WindowParts &parts, QSettings &settings)
    : QObject(parts.window), m_parts(parts), m_settings(settings), m_written(preferencesOf(parts))
{
    m_pool.setMaxThreadCount(1); // what is asked for last is written last
    m_rest.setSingleShot(true);
    m_rest.setInterval(1000);
    connect(&m_rest, &QTimer::timeout, this, &WindowWriter::writeInWorker);
    connect(qGuiApp, &QGuiApplication::commitDataRequest, this, &WindowWriter::writeNow, Qt::DirectConnection);
    connectChanges();
}

WindowWriter::~WindowWriter()
{
    m_pool.waitForDone();
}

void WindowWriter::connectChanges()
{
    const auto changed = [this] { m_rest.start(); };
    connect(m_parts.treeAndTable, &QSplitter::splitterMoved, this, changed);
    connect(m_parts.tableAndDetails, &QSplitter::splitterMoved, this, changed);
    connect(&m_parts.table->view()->columnKeeper(), &ColumnKeeper::changed, this, changed);
    connect(&m_parts.tree->columnKeeper(), &ColumnKeeper::changed, this, changed);
    connect(&m_parts.details->columnKeeper(), &ColumnKeeper::changed, this, changed);
    connect(m_parts.details, &DetailsPanel::foldedChanged, this, changed);
    connect(m_parts.query, &ViewQuery::changed, this, changed); // sort and toggles
    connect(m_parts.toolBar, &ToolBar::intervalChosen, this, changed);
    connect(m_parts.zoom, &Zoom::changed, this, changed);
    connect(m_parts.exporter, &Exporter::said, this, changed); // its last folder and format
    for (const Act act : {Act::ShowTree, Act::ShowDetails, Act::Marks})
        connect((*m_parts.actions)[act], &QAction::toggled, this, changed);
    m_parts.window->installEventFilter(this);
}

bool WindowWriter::eventFilter(QObject *watched, QEvent *event)
{
    switch (event->type()) {
    case QEvent::Move:
    case QEvent::Resize:
    case QEvent::WindowStateChange: m_rest.start(); break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

void WindowWriter::writeNow()
{
    m_rest.stop();
    m_pool.waitForDone(); // it would write older ones over these
    m_written = preferencesOf(m_parts);
    writePreferences(m_settings, m_written);
    m_settings.sync();
}

void WindowWriter::writeInWorker()
{
    const Preferences now = preferencesOf(m_parts);
    if (now == m_written)
        return;
    m_written = now;
    // QSettings waits until the bytes are on the disk, which may take longer than a frame.
    m_pool.start([path = m_settings.fileName(), format = m_settings.format(), now] {
        QSettings settings(path, format);
        writePreferences(settings, now);
    });
}

} // namespace socktree
