// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/empty_state.h"

#include "app/explanations.h"
#include "app/view_query.h"
#include "model/filter/words.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QLabel>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

namespace socktree {

/// A line for who thinks that there is a key for every column.
static QString prefixHint(const QString &filter)
{
    const UnknownPrefix unknown = unknownPrefixIn(filter);
    if (unknown.prefix.isEmpty())
        return {};
    QStringList keys;
    for (const FieldPrefix &field : fieldPrefixes())
        keys += QLatin1String(field.prefix);
    return QCoreApplication::translate(
               "EmptyState", "There is no key “%1”, only %2. Names and numbers are typed alone: %3")
               .arg(unknown.prefix, keys.join(QCoreApplication::translate("EmptyState", " and ")), unknown.rest)
        + u'\n';
}

EmptyReason whyEmpty(const ArrangementPtr &shown, const ViewQuery &query)
{
    using Way = EmptyReason::Way;
    const auto tr = [](const char *text) { return QCoreApplication::translate("EmptyState", text); };
    if (!shown || !shown->generation)
        return {Way::None, tr("Reading sockets…"), {}};
    if (!shown->slots.empty())
        return {};
    if (shown->total == 0 && nothingCouldBeRead(*shown->generation->snapshot))
        return {Way::WhatFailed, tr("The kernel did not tell its sockets."), tr("What failed?")};
    if (shown->total == 0)
        return {Way::None, tr("There is no socket in this network namespace."), {}};
    const QString hidden = QCoreApplication::translate("EmptyState",
        shown->total == 1 ? "%Ln socket hidden." : "%Ln sockets hidden.", nullptr, static_cast<int>(shown->total));
    if (!query.scope().everything() && (shown->matching > 0 || !query.narrows()))
        return {Way::AllSockets, tr("What is selected in the tree has no such socket now.") + u'\n' + hidden,
            tr("Show all sockets")};
    const QString filter = query.filterInForce().trimmed();
    const QString what = filter.isEmpty() ? tr("No socket is of the kinds that are switched on.")
                                          : tr("No socket matches “%1”.").arg(filter);
    return {Way::ClearFilter, what + u'\n' + prefixHint(filter) + hidden, tr("Clear filter and switches")};
}

// Not a child of the viewport, which moves its children when it scrolls.
EmptyState::EmptyState(QAbstractItemView *over)
    : QWidget(over), m_label(new QLabel(this)), m_button(new QPushButton(this))
{
    m_label->setTextFormat(Qt::PlainText);
    m_label->setAlignment(Qt::AlignCenter);
    m_label->setWordWrap(true);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_label->setForegroundRole(QPalette::Text);
    auto *layout = new QVBoxLayout(this);
    layout->addStretch();
    layout->addWidget(m_label);
    layout->addWidget(m_button, 0, Qt::AlignHCenter);
    layout->addStretch();
    connect(m_button, &QPushButton::clicked, this, [this] { Q_EMIT wayChosen(m_way); });
    over->viewport()->installEventFilter(this);
    setGeometry(over->viewport()->geometry());
    hide();
}

void EmptyState::show(const EmptyReason &reason)
{
    m_way = reason.way;
    m_label->setText(reason.text);
    m_button->setText(reason.button);
    m_button->setVisible(!reason.button.isEmpty());
    setVisible(!reason.text.isEmpty());
}

QString EmptyState::text() const
{
    return isHidden() ? QString() : m_label->text();
}

bool EmptyState::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Resize || event->type() == QEvent::Move)
        setGeometry(static_cast<QWidget *>(watched)->geometry());
    return QWidget::eventFilter(watched, event);
}

} // namespace socktree
