// SPDX-License-Identifier: GPL-3.0-or-later
// Pointer and keys in the socket table: they do what they do in any table with extended selection, to the model's
// bitmap.
#include "app/socket_view.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtGui/QContextMenuEvent>
#include <QtGui/QEnterEvent>
#include <QtGui/QKeyEvent>
#include <QtGui/QMouseEvent>
#include <QtWidgets/QApplication>
#include <QtWidgets/QScrollBar>

#include <algorithm>

namespace socktree {

QItemSelectionModel::SelectionFlags SocketView::selectionCommand(const QModelIndex &, const QEvent *) const
{
    // Qt's selection model keeps ranges of rows, and looks through all of them for every painted cell. It holds the
    // current index here, and nothing else.
    return QItemSelectionModel::NoUpdate;
}

void SocketView::setSelection(const QRect &, QItemSelectionModel::SelectionFlags) { }

void SocketView::selectAll()
{
    m_sockets.selectAll();
}

bool SocketView::interacting() const
{
    const auto lately = [](const QElapsedTimer &since, std::chrono::milliseconds patience) {
        return since.isValid() && since.elapsed() < patience.count();
    };
    if (m_dragging || verticalScrollBar()->isSliderDown() || (m_menu && m_menu->isVisible()))
        return true;
    if (lately(m_sinceKey, m_keyPatience))
        return true;
    return m_pointer && rowAt(m_pointer->y()) >= 0 && lately(m_sincePointer, m_pointerPatience);
}

void SocketView::choose(int row, Qt::KeyboardModifiers modifiers)
{
    const quint32 slot = m_sockets.slotAt(row);
    if (slot == noIndex)
        return;
    if (modifiers & Qt::ShiftModifier) {
        extendTo(row, modifiers & Qt::ControlModifier);
        Q_EMIT socketChosen(slot);
        return;
    }
    m_anchor = slot;
    if (modifiers & Qt::ControlModifier)
        m_sockets.select(slot, !m_sockets.selection().contains(slot));
    else
        m_sockets.selectRows(row, row, true, true);
    Q_EMIT socketChosen(slot);
}

void SocketView::enter()
{
    setFocus(Qt::OtherFocusReason);
    chooseCurrent();
    m_entered = true;
}

void SocketView::chooseCurrent()
{
    const quint32 slot = m_sockets.slotAt(std::max(currentIndex().row(), 0));
    if (slot != noIndex && !m_sockets.selection().contains(slot))
        goTo(slot);
}

void SocketView::extendTo(int row, bool keepOthers)
{
    int from = m_sockets.rowOf(m_anchor);
    if (from < 0) {
        from = row;
        m_anchor = m_sockets.slotAt(row);
    }
    m_sockets.selectRows(std::min(from, row), std::max(from, row), true, !keepOthers);
}

void SocketView::dragTo(int row)
{
    if (!m_dragBase) {
        extendTo(row, false);
        return;
    }
    const int from = m_sockets.rowOf(m_anchor);
    SlotSelection selection = *m_dragBase;
    for (int each = std::min(from, row); from >= 0 && each <= std::max(from, row); ++each)
        selection.set(m_sockets.slotAt(each), m_dragValue);
    m_sockets.setSelection(selection);
}

int SocketView::rowUnder(int y) const
{
    const int row = rowAt(std::clamp(y, 0, std::max(0, viewport()->height() - 1)));
    return row < 0 ? m_sockets.rowCount() - 1 : row;
}

void SocketView::mousePressEvent(QMouseEvent *event)
{
    QTableView::mousePressEvent(event);
    const int row = rowAt(event->position().toPoint().y());
    const quint32 slot = m_sockets.slotAt(row);
    if (event->button() == Qt::LeftButton) {
        if (slot == noIndex) {
            if (!(event->modifiers() & (Qt::ShiftModifier | Qt::ControlModifier)))
                m_sockets.clearSelection();
            return;
        }
        const bool adds = event->modifiers() & Qt::ControlModifier;
        m_dragBase = adds ? std::optional(m_sockets.selection()) : std::nullopt;
        choose(row, event->modifiers());
        m_dragValue = m_sockets.selection().contains(slot);
        m_dragging = true;
    } else if (event->button() == Qt::RightButton && slot != noIndex && !m_sockets.selection().contains(slot)) {
        choose(row, Qt::NoModifier);
    }
}

void SocketView::endDrag()
{
    m_dragging = false;
    m_dragBase.reset();
}

void SocketView::mouseMoveEvent(QMouseEvent *event)
{
    if (!(event->buttons() & Qt::LeftButton))
        endDrag();                     // somebody else got the release
    QTableView::mouseMoveEvent(event); // scrolls when the pointer leaves at an edge
    if (m_dragging && m_sockets.rowCount())
        dragTo(rowUnder(event->position().toPoint().y()));
}

void SocketView::mouseReleaseEvent(QMouseEvent *event)
{
    if (event->button() == Qt::LeftButton)
        endDrag();
    QTableView::mouseReleaseEvent(event);
}

void SocketView::mouseDoubleClickEvent(QMouseEvent *event)
{
    QTableView::mouseDoubleClickEvent(event);
    const quint32 slot = m_sockets.slotAt(rowAt(event->position().toPoint().y()));
    if (event->button() == Qt::LeftButton && slot != noIndex)
        Q_EMIT socketActivated(slot);
}

void SocketView::contextMenuEvent(QContextMenuEvent *event)
{
    endDrag(); // the menu takes the release
    const bool byKey = event->reason() == QContextMenuEvent::Keyboard;
    if (byKey && currentIndex().isValid()) {
        scrollTo(currentIndex());
        Q_EMIT menuRequested(viewport()->mapToGlobal(visualRect(currentIndex()).center()));
    } else if (!byKey && rowAt(event->pos().y()) >= 0) {
        Q_EMIT menuRequested(event->globalPos());
    }
    event->accept();
}

void SocketView::focusOutEvent(QFocusEvent *event)
{
    endDrag(); // a popup or another window takes the release
    QTableView::focusOutEvent(event);
}

bool SocketView::viewportEvent(QEvent *event)
{
    switch (event->type()) {
    case QEvent::Enter:
    case QEvent::MouseMove:
    case QEvent::MouseButtonPress:
    case QEvent::MouseButtonRelease:
    case QEvent::MouseButtonDblClick:
    case QEvent::Wheel: {
        const QPoint at = static_cast<QSinglePointEvent *>(event)->position().toPoint();
        // A move to where it is already is no move: such events come when windows above ours come and go.
        if (event->type() != QEvent::MouseMove || m_pointer != at)
            m_sincePointer.start();
        m_pointer = at;
        break;
    }
    case QEvent::Leave: m_pointer.reset(); break;
    default: break;
    }
    return QTableView::viewportEvent(event);
}

QModelIndex SocketView::targetOf(const QKeyEvent &event)
{
    const QModelIndex current = currentIndex();
    const int column = current.isValid() ? current.column() : firstColumn();
    switch (event.key()) {
    case Qt::Key_Up: return moveCursor(MoveUp, Qt::NoModifier);
    case Qt::Key_Down: return moveCursor(MoveDown, Qt::NoModifier);
    case Qt::Key_Left: return moveCursor(MoveLeft, Qt::NoModifier);
    case Qt::Key_Right: return moveCursor(MoveRight, Qt::NoModifier);
    case Qt::Key_PageUp: return moveCursor(MovePageUp, Qt::NoModifier);
    case Qt::Key_PageDown: return moveCursor(MovePageDown, Qt::NoModifier);
    // Rows are what is chosen here, so these go to the first and last one; Qt's table goes to the first and last
    // column.
    case Qt::Key_Home: return m_sockets.index(0, column);
    case Qt::Key_End: return m_sockets.index(m_sockets.rowCount() - 1, column);
    default: return {};
    }
}

bool SocketView::moveByKey(const QKeyEvent &event, Qt::KeyboardModifiers modifiers)
{
    const QModelIndex target = targetOf(event);
    if (!target.isValid())
        return false;
    const bool sideways = event.key() == Qt::Key_Left || event.key() == Qt::Key_Right;
    if (m_anchor == noIndex || m_sockets.rowOf(m_anchor) < 0)
        m_anchor = currentSlot(); // a range by Shift starts where we are
    selectionModel()->setCurrentIndex(target, QItemSelectionModel::NoUpdate);
    // Ctrl moves without choosing.
    if (!sideways && modifiers != Qt::ControlModifier)
        choose(target.row(), modifiers);
    return true;
}

bool SocketView::isTyping() const
{
    return !m_typed.isEmpty() && m_sinceTyped.elapsed() < QApplication::keyboardInputInterval();
}

bool SocketView::wantsKey(const QKeyEvent &event) const
{
    if (event.modifiers() != Qt::NoModifier)
        return false;
    return (event.key() == Qt::Key_Space && isTyping())
        || (event.key() == Qt::Key_Escape && m_sockets.selection().count());
}

bool SocketView::event(QEvent *event)
{
    // Actions of the window have these keys as shortcuts, too, and would get them before keyPressEvent.
    if (event->type() == QEvent::ShortcutOverride && wantsKey(*static_cast<QKeyEvent *>(event))) {
        event->accept();
        return true;
    }
    return QTableView::event(event);
}

void SocketView::keyPressEvent(QKeyEvent *event)
{
    m_sinceKey.start();
    constexpr auto chosen = Qt::ShiftModifier | Qt::ControlModifier | Qt::AltModifier | Qt::MetaModifier;
    const Qt::KeyboardModifiers modifiers = event->modifiers() & chosen;
    if (!(modifiers & (Qt::AltModifier | Qt::MetaModifier)) && moveByKey(*event, modifiers))
        return;
    switch (event->key()) {
    case Qt::Key_Space:
        if (modifiers == Qt::ControlModifier)
            choose(currentIndex().row(), Qt::ControlModifier);
        else if (modifiers == Qt::NoModifier && isTyping())
            keyboardSearch(event->text());
        else
            event->ignore();
        return;
    case Qt::Key_Return:
    case Qt::Key_Enter:
        if (modifiers == Qt::NoModifier && currentSlot() != noIndex)
            Q_EMIT socketActivated(currentSlot());
        else
            event->ignore();
        return;
    case Qt::Key_Escape:
        if (m_sockets.selection().count())
            m_sockets.clearSelection();
        else
            event->ignore();
        return;
    default: QTableView::keyPressEvent(event);
    }
}

void SocketView::keyboardSearch(const QString &text)
{
    m_typed = isTyping() ? m_typed + text : text;
    m_sinceTyped.start();
    // The same letter again and again goes from one match to the next.
    const bool repeated = std::all_of(m_typed.begin(), m_typed.end(), [&](QChar c) { return c == m_typed.front(); });
    const QString wanted = repeated ? m_typed.left(1) : m_typed;
    const int rows = m_sockets.rowCount();
    const int start = std::max(0, currentIndex().row() + (repeated ? 1 : 0));
    QHash<const Process *, bool> known; // neighbours belong to the same few processes
    for (int i = 0; i < rows; ++i) {
        const int row = (start + i) % rows;
        const auto owner = shownOwner(m_sockets.rowAt(row));
        if (!owner)
            continue;
        const Process *process = owner->process;
        auto match = known.constFind(process);
        if (match == known.constEnd())
            match = known.insert(process, processName(*process).startsWith(wanted, Qt::CaseInsensitive));
        if (*match) {
            goTo(m_sockets.slotAt(row));
            return;
        }
    }
}

} // namespace socktree
