// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/captures.h"

#include "app/actions.h"
#include "app/capture_bar.h"
#include "app/details_panel.h"
#include "app/exporter.h"
#include "app/file_names.h"
#include "app/process_panel.h"
#include "app/refresh_chain.h"
#include "app/status_counts.h"
#include "app/text_sheet.h"
#include "app/tool_bar.h"
#include "model/refresher.h"

#include <QtCore/QFileInfo>
#include <QtCore/QMimeData>
#include <QtCore/QUrl>
#include <QtGui/QDropEvent>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace socktree {

static constexpr const char *suffix = "socktree";

Captures::Captures(const WindowParts &parts)
    : QObject(parts.window), m_parts(parts), m_files(*parts.refresher, this), m_icons(plainIcons())
{
    Actions &actions = *m_parts.actions;
    for (const Act act :
        {Act::Refresh, Act::Pause, Act::PauseByTable, Act::Faster, Act::Slower, Act::SaveCapture, Act::SaveRedacted})
        m_resting.emplace_back(actions[act], actions[act]->toolTip());
    connect(actions[Act::OpenCapture], &QAction::triggered, this, &Captures::askWhatToOpen);
    connect(actions[Act::SaveCapture], &QAction::triggered, this, [this] { askWhereToSave(false); });
    connect(actions[Act::SaveRedacted], &QAction::triggered, this, [this] { askWhereToSave(true); });
    connect(actions[Act::CloseCapture], &QAction::triggered, this, &Captures::back);

    connect(&m_files, &CaptureFiles::said, m_parts.status, &StatusCounts::say);
    connect(&m_files, &CaptureFiles::saved, this,
        [this](const QString &path) { m_folder = QFileInfo(path).absolutePath(); });
    connect(&m_files, &CaptureFiles::saveFailed, this,
        [this](const QString &message) { showSheet(m_parts.window, tr("The capture was not saved"), message); });
    connect(&m_files, &CaptureFiles::opened, this, &Captures::show);
    connect(&m_files, &CaptureFiles::openFailed, this, [this](const QString &message) {
        showSheet(m_parts.window, tr("The capture was not opened"), message);
        if (!m_parts.chain->generation())
            m_parts.refresher->refresh(); // it was to be shown first, so nothing is yet
    });
    connect(m_parts.captureBar, &CaptureBar::faultsAsked, this, [this] {
        if (m_shown)
            showSheet(m_parts.window, tr("What could not be read"), explainFaults(*m_shown));
    });
    // Until the new rows are there the old ones can be chosen.
    connect(m_parts.chain, &RefreshChain::tableShown, this, [this] {
        const GenerationPtr &generation = m_parts.chain->shown().table->generation;
        const bool isNew = m_shown ? generation == m_shown->generation : !generation->snapshot->origin.file;
        if (m_oldRows && isNew)
            forgetChoices();
        m_oldRows = m_oldRows && !isNew;
    });
    m_parts.window->setAcceptDrops(true);
    m_parts.window->installEventFilter(this);
    m_unavailable = actions[Act::Unavailable]->text();
    tellActions();
}

Captures::~Captures() = default;

QFileDialog *Captures::dialogFor(const QString &title, const char *name)
{
    auto *dialog = new QFileDialog(
        m_parts.window, title, usableFolder(m_folder.isEmpty() ? m_parts.exporter->folder() : m_folder));
    dialog->setIconProvider(m_icons.get());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QString::fromLatin1(name));
    dialog->setNameFilters({tr("Captures (*.%1)").arg(QString::fromLatin1(suffix)), tr("All files (*)")});
    return dialog;
}

void Captures::askWhereToSave(bool redact)
{
    QFileDialog *dialog = dialogFor(
        redact ? tr("Save capture without command lines and addresses") : tr("Save capture"), "save-capture");
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setFileMode(QFileDialog::AnyFile);
    dialog->setDefaultSuffix(QString::fromLatin1(suffix));
    // Where the host's name is left out of the file it is not in its name.
    const GenerationPtr &generation = m_parts.chain->generation();
    const QByteArray host = generation && !redact ? generation->snapshot->host.name : QByteArray("capture");
    dialog->selectFile(hostAndTime(host, WallTime::clock::now()) + u'.' + QString::fromLatin1(suffix));
    connect(dialog, &QFileDialog::fileSelected, this,
        [this, redact](const QString &path) { m_files.save(path, redact, m_parts.refresher->generation()); });
    dialog->open();
}

void Captures::askWhatToOpen()
{
    QFileDialog *dialog = dialogFor(tr("Open capture"), "open-capture");
    dialog->setAcceptMode(QFileDialog::AcceptOpen);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &path) {
        m_folder = QFileInfo(path).absolutePath();
        open(path);
    });
    dialog->open();
}

void Captures::open(const QString &path)
{
    m_files.open(path);
}

void Captures::show(const FileShown &file)
{
    m_shown = file;
    m_oldRows = true;
    forgetChoices();
    m_parts.captureBar->showFile(file);
    m_parts.chain->showInstead(file.generation);
    tellActions();
    Q_EMIT shownChanged();
}

void Captures::back()
{
    m_files.forget();
    if (!m_shown)
        return;
    m_shown.reset();
    m_oldRows = true;
    forgetChoices();
    m_parts.captureBar->hide();
    m_parts.chain->showInstead(nullptr);
    tellActions();
    Q_EMIT shownChanged();
    if (!m_parts.refresher->generation() && m_parts.refresher->resting())
        m_parts.refresher->refresh();
}

/// What was chosen among other rows means nothing among these.
void Captures::forgetChoices()
{
    m_parts.tree->showAll();
    m_parts.details->setSocket(nullptr, noIndex, {});
}

void Captures::tellActions()
{
    const QString why
        = m_shown ? tr("A capture is shown, which stays as it is. Go back to this system first.") : QString();
    for (const auto &[action, toolTip] : m_resting) {
        action->setEnabled(!m_shown);
        action->setToolTip(m_shown ? why : toolTip);
    }
    (*m_parts.actions)[Act::CloseCapture]->setEnabled(m_shown.has_value());
    (*m_parts.actions)[Act::Unavailable]->setText(
        m_shown ? tr("What the kernel of this capture could not &list") : m_unavailable);
    m_parts.toolBar->holdInterval(why);
    for (const QAction *top : m_parts.window->menuBar()->actions())
        if (top->text() == menuTitle(ActMenu::File) || top->text() == menuTitle(ActMenu::View))
            top->menu()->setToolTipsVisible(m_shown.has_value()); // they say why some are not to be had
}

static QString droppedFile(const QMimeData *data)
{
    const QList<QUrl> urls = data ? data->urls() : QList<QUrl>();
    return urls.size() == 1 && urls.front().isLocalFile() ? urls.front().toLocalFile() : QString();
}

bool Captures::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() != QEvent::DragEnter && event->type() != QEvent::DragMove && event->type() != QEvent::Drop)
        return QObject::eventFilter(watched, event);
    auto *drop = static_cast<QDropEvent *>(event);
    const QString path = droppedFile(drop->mimeData());
    if (path.isEmpty()) {
        drop->ignore();
        return true;
    }
    // Never moved: whoever dragged it would delete it.
    drop->setDropAction(Qt::CopyAction);
    drop->accept();
    if (event->type() == QEvent::Drop)
        open(path);
    return true;
}

} // namespace socktree
