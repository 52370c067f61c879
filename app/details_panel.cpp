// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details_panel.h"

#include "app/column_keeper.h"
#include "app/details_model.h"
#include "app/elided_label.h"
#include "app/plain_text.h"
#include "model/column.h"
#include "model/details.h"
#include "model/shown_owner.h"

#include <QtGui/QClipboard>
#include <QtGui/QGuiApplication>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStackedLayout>
#include <QtWidgets/QToolButton>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace socktree {

static QLabel *plainLabelOf(QWidget *parent)
{
    auto *label = new QLabel(parent);
    label->setTextFormat(Qt::PlainText);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    return label;
}

DetailsPanel::DetailsPanel(QWidget *parent)
    : QWidget(parent), m_model(new DetailsModel(this)), m_view(new QTreeView(this)),
      m_title(new ElidedLabel("details-title", Qt::ElideRight, this)), m_state(plainLabelOf(this)),
      m_nothing(plainLabelOf(this)), m_copy(new QToolButton(this))
{
    m_view->setModel(m_model);
    m_view->setUniformRowHeights(true);
    m_view->setAllColumnsShowFocus(true);
    m_view->setSelectionMode(QAbstractItemView::ExtendedSelection);
    m_view->setAccessibleName(tr("Details of the socket"));
    m_view->setFrameShape(QFrame::NoFrame);
    m_view->setIndentation(12);
    m_view->header()->setStretchLastSection(true);
    m_columns = new ColumnKeeper(m_view->header(), {"name", "value", "meaning"}, [this] {
        const int character = m_view->fontMetrics().averageCharWidth();
        return ColumnLayout{{"name", character * 24}, {"value", character * 40}, {"meaning", character * 40}};
    });
    m_columns->apply({});
    connect(m_view, &QTreeView::collapsed, this, [this](const QModelIndex &group) {
        m_folded.insert(group.data().toString());
        Q_EMIT foldedChanged();
    });
    connect(m_view, &QTreeView::expanded, this, [this](const QModelIndex &group) {
        m_folded.remove(group.data().toString());
        Q_EMIT foldedChanged();
    });

    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_nothing->setAlignment(Qt::AlignCenter);
    m_nothing->setWordWrap(true);
    m_nothing->setText(tr("Choose a socket in the table to see everything the kernel says of it."));
    m_nothing->setForegroundRole(QPalette::PlaceholderText);
    m_copy->setText(tr("Copy all"));
    m_copy->setToolTip(tr("Copy all details as text"));
    m_copy->setAutoRaise(true);
    connect(m_copy, &QToolButton::clicked, this, [this] { QGuiApplication::clipboard()->setText(m_text); });

    auto *top = new QHBoxLayout;
    top->setContentsMargins(6, 2, 2, 2);
    top->addWidget(m_title, 1);
    top->addWidget(m_state);
    top->addWidget(m_copy);
    auto *full = new QWidget(this);
    auto *rows = new QVBoxLayout(full);
    rows->setContentsMargins(0, 0, 0, 0);
    rows->setSpacing(0);
    rows->addLayout(top);
    rows->addWidget(m_view, 1);
    m_pages = new QStackedLayout(this);
    m_pages->addWidget(m_nothing);
    m_pages->addWidget(full);
}

QString DetailsPanel::title() const
{
    return m_title->text();
}

QString DetailsPanel::state() const
{
    return m_state->text();
}

void DetailsPanel::setSocket(const GenerationPtr &generation, quint32 slot, const TreeScope &under)
{
    if (!generation || ownerOf(*generation, slot) == SlotOwner()) {
        m_shown = {};
        m_inode = 0;
        m_text.clear();
        m_model->show({});
        m_pages->setCurrentIndex(0);
        return;
    }
    const bool other = m_shown != ownerOf(*generation, slot);
    m_shown = ownerOf(*generation, slot);
    m_amongRows = true; // or nobody could have chosen it
    show(generation, slot, under);
    if (other)
        m_view->selectionModel()->clear();
}

bool DetailsPanel::shows(const Generation &generation, quint32 slot) const
{
    return m_amongRows && m_shown == ownerOf(generation, slot);
}

void DetailsPanel::refresh(const GenerationPtr &generation, const TreeScope &under)
{
    if (m_shown == SlotOwner() || !generation)
        return;
    show(generation, isThere(*generation, m_shown) ? std::optional(m_shown.slot) : std::nullopt, under);
}

void DetailsPanel::setColumns(ColumnLayout layout)
{
    for (ColumnPlace &place : layout)
        place.visible = true;
    m_columns->apply(layout);
}

QStringList DetailsPanel::folded() const
{
    QStringList titles(m_folded.begin(), m_folded.end());
    titles.sort();
    return titles;
}

void DetailsPanel::setFolded(const QStringList &titles)
{
    m_folded = QSet<QString>(titles.begin(), titles.end());
    unfold();
}

static QString titleOf(const RowRef &row)
{
    const auto cell = [&row](const char *id) {
        const Column *column = columnById(id);
        return column ? cellText(*column, row) : QString();
    };
    const auto end = [&cell](const char *address, const char *port) {
        QString host = cell(address);
        const QString number = cell(port);
        if (number.isEmpty())
            return host;
        return (host.contains(u':') ? u'[' + host + u']' : host) + u':' + number;
    };
    QStringList parts{cell("protocol"), cell("state"), end("local-address", "local-port")};
    if (row.socket().protocol == Protocol::Unknown) // its number is all there is to name it by
        parts = {QStringLiteral("socket:[%1],").arg(row.socket().inode), cell("state")};
    const QString remote = end("remote-address", "remote-port");
    if (!remote.isEmpty())
        parts << QStringLiteral("→") << remote;
    if (const Column *peer = columnById("peer-process"); peer && peer->value(row).present())
        parts << (remote.isEmpty() ? QStringLiteral("→ %1") : QStringLiteral("(%1)")).arg(cellText(*peer, row));
    // Of the reader's own nothing need be said: there one is.
    const NetNamespace *netns = row.snapshot().namespaceOf(row.socket());
    if (netns && netns->isTold() && netns->reached && *netns->reached != NamespaceRecord::Reached::Home)
        parts << DetailsPanel::tr("in %1").arg(cell("netns"));
    if (const QString process = cell("process"); !process.isEmpty()) {
        parts << QStringLiteral("·") << process;
        const auto owner = shownOwner(row);
        const bool held = owner && owner->how == ShownOwner::How::Held;
        if (owner) // the name has the sign of how it is known
            parts << u'(' + (held ? cell("pid") : QString::number(owner->process->key.pid)) + u')';
    }
    parts.removeAll(QString());
    return parts.join(u' ');
}

void DetailsPanel::show(const GenerationPtr &generation, const std::optional<quint32> &slot, const TreeScope &under)
{
    m_pages->setCurrentIndex(1);
    m_closed = !slot || generation->entries[*slot].mark == Mark::Closed;
    tellState();
    if (!slot)
        return;
    const RowRef row(*generation, *slot, &under);
    m_inode = row.socket().has(Told::Inode) ? row.socket().inode : 0;
    const QString title = titleOf(row);
    m_title->setText(title);
    m_title->setToolTip(plainToolTip(title));
    m_title->setAccessibleName(title);
    auto groups = detailsOf(row);
    m_text = detailsText(groups);
    m_model->show(std::move(groups));
    unfold();
}

void DetailsPanel::setAmongRows(bool among)
{
    m_amongRows = among;
    tellState();
}

void DetailsPanel::tellState()
{
    m_state->setText(m_closed ? tr("✕ Closed. These are its last values.")
            : m_amongRows     ? QString()
                              : tr("Not among the rows shown"));
}

void DetailsPanel::unfold()
{
    const QSignalBlocker quiet(m_view); // expand() is ours here, not the user's wish
    for (int group = 0; group < m_model->rowCount(); ++group) {
        const QModelIndex index = m_model->index(group, 0);
        if (!m_view->isFirstColumnSpanned(group, {})) // it repaints everything
            m_view->setFirstColumnSpanned(group, {}, true);
        m_view->setExpanded(index, !m_folded.contains(index.data().toString()));
    }
}

QString DetailsPanel::selectedText() const
{
    QModelIndexList chosen = m_view->selectionModel()->selectedRows(DetailsModel::Name);
    if (chosen.isEmpty())
        return m_text;
    std::sort(chosen.begin(), chosen.end(), [](const QModelIndex &a, const QModelIndex &b) {
        const auto place = [](const QModelIndex &i) {
            return i.parent().isValid() ? std::pair(i.parent().row(), i.row()) : std::pair(i.row(), -1);
        };
        return place(a) < place(b);
    });
    QStringList lines;
    for (const QModelIndex &index : chosen) {
        const QString value = index.siblingAtColumn(DetailsModel::Value).data().toString();
        lines << (value.isEmpty() ? index.data().toString() : index.data().toString() + u'\t' + value);
    }
    return lines.join(u'\n');
}

} // namespace socktree
