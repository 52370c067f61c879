// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/zoom.h"

#include <QtGui/QWheelEvent>
#include <QtWidgets/QAbstractItemView>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QTableView>
#include <QtWidgets/QTreeView>

#include <algorithm>

namespace socktree {

static double factor(int steps)
{
    return 1 + steps / 10.0;
}

static QHeaderView *headerOf(QAbstractItemView *view)
{
    if (auto *tree = qobject_cast<QTreeView *>(view))
        return tree->header();
    if (auto *table = qobject_cast<QTableView *>(view))
        return table->horizontalHeader();
    return nullptr;
}

Zoom::Zoom(std::vector<QAbstractItemView *> views, QObject *parent) : QObject(parent), m_views(std::move(views))
{
    for (QAbstractItemView *view : m_views)
        view->viewport()->installEventFilter(this);
}

void Zoom::setSteps(int steps)
{
    steps = std::clamp(steps, smallest, largest);
    if (steps == m_steps)
        return;
    const double grown = factor(steps) / factor(m_steps);
    m_steps = steps;
    for (QAbstractItemView *view : m_views) {
        QFont font = QApplication::font(view);
        if (font.pointSizeF() > 0)
            font.setPointSizeF(font.pointSizeF() * factor(steps));
        else
            font.setPixelSize(std::max(1, qRound(font.pixelSize() * factor(steps))));
        view->setFont(font);
        QHeaderView *header = headerOf(view);
        for (int section = 0; header && section < header->count(); ++section) {
            if (!header->isSectionHidden(section))
                header->resizeSection(section, qRound(header->sectionSize(section) * grown));
        }
    }
    Q_EMIT changed();
}

bool Zoom::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::Wheel) {
        auto *wheel = static_cast<QWheelEvent *>(event);
        if (wheel->modifiers() & Qt::ControlModifier) {
            m_wheel += wheel->angleDelta().y();
            const int notches = m_wheel / QWheelEvent::DefaultDeltasPerStep;
            m_wheel -= notches * QWheelEvent::DefaultDeltasPerStep;
            if (notches != 0)
                setSteps(m_steps + notches);
            return true;
        }
    }
    return QObject::eventFilter(watched, event);
}

} // namespace socktree
