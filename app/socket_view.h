// SPDX-License-Identifier: GPL-3.0-or-later
// The socket table on screen: a QTableView whose selection is the model's bitmap of sockets, and whose rows stay where
// the eye left them when a refresh comes.
#pragma once

#include "model/socket_table_model.h"

#include <QtCore/QElapsedTimer>
#include <QtCore/QPointer>
#include <QtWidgets/QTableView>

#include <chrono>
#include <optional>
#include <vector>

namespace socktree {

class CellDelegate;
class ColumnKeeper;

class SocketView final : public QTableView
{
    Q_OBJECT
public:
    /// @p model must outlive the view.
    explicit SocketView(SocketTableModel &model, QWidget *parent = nullptr);
    ~SocketView() override;
    SocketTableModel &sockets() const { return m_sockets; }

    /// Shows another arrangement. The top row's socket stays at its pixel unless the view is at the very top; if the
    /// current socket is gone, its neighbour becomes current.
    void apply(const ArrangementPtr &next);

    /// noIndex if there is none.
    quint32 currentSlot() const;
    /// Null if there is none.
    const Column *currentColumn() const;
    /// Makes it current, the only selected one, and visible. Nothing happens if it is not shown.
    void goTo(quint32 slot);

    /// The user is at work here, so the order should hold still: the pointer moved, pressed or turned its wheel over
    /// the rows within its patience, or a key was pressed within its own; rows or the scroll bar are being dragged; or
    /// the menu is open. A pointer that only rests here holds nothing.
    bool interacting() const;
    void setKeyPatience(std::chrono::milliseconds patience) { m_keyPatience = patience; }
    void setPointerPatience(std::chrono::milliseconds patience) { m_pointerPatience = patience; }
    /// For a menu about rows: they stay where they are until it closes.
    void holdWhileOpen(QWidget *menu) { m_menu = menu; }

    /// Rows of new, changed and closed sockets are tinted; their glyphs stay either way.
    void setTinted(bool tinted);
    /// Shows the sort without asking for it. An empty column is the default order.
    void setSort(const QByteArray &column, bool descending);
    /// In the order on screen.
    std::vector<const Column *> shownColumns() const;
    ColumnKeeper &columnKeeper() const { return *m_columns; }
    /// Every column where, as wide and as visible as at first.
    void resetColumns();

    /// Takes the focus from the filter: the current row is chosen, or the first; again when the next rows come, which
    /// may be those that were just asked for.
    void enter();
    void selectAll() override;
    void keyboardSearch(const QString &text) override;

Q_SIGNALS:
    /// By a click on a header. An empty column is the default order: the third click.
    void sortRequested(const QByteArray &column, bool descending);
    /// Another socket is current, or none (noIndex), by the user or since it is gone.
    void currentSocketChanged(quint32 slot);
    /// By pointer or key, also if it was current before.
    void socketChosen(quint32 slot);
    /// Enter or double click.
    void socketActivated(quint32 slot);
    /// By pointer or key; the socket under the pointer is current by then and selected.
    void menuRequested(const QPoint &globalPos);

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;
    void changeEvent(QEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void mousePressEvent(QMouseEvent *event) override;
    void mouseMoveEvent(QMouseEvent *event) override;
    void mouseReleaseEvent(QMouseEvent *event) override;
    void mouseDoubleClickEvent(QMouseEvent *event) override;
    void contextMenuEvent(QContextMenuEvent *event) override;
    bool viewportEvent(QEvent *event) override;
    void currentChanged(const QModelIndex &current, const QModelIndex &previous) override;
    QItemSelectionModel::SelectionFlags selectionCommand(
        const QModelIndex &index, const QEvent *event = nullptr) const override;
    void setSelection(const QRect &rect, QItemSelectionModel::SelectionFlags command) override;

private:
    /// Where the rows stood before others came.
    struct Anchor {
        int row = -1;   ///< in the arrangement before
        int offset = 0; ///< of its top edge, from the viewport's
    };

    /// What a press or a key does to the selection: replace it, toggle one, extend from the anchor.
    void choose(int row, Qt::KeyboardModifiers modifiers);
    void extendTo(int row, bool keepOthers);
    void dragTo(int row);
    void endDrag();
    bool wantsKey(const QKeyEvent &event) const;
    bool isTyping() const;
    bool moveByKey(const QKeyEvent &event, Qt::KeyboardModifiers modifiers);
    QModelIndex targetOf(const QKeyEvent &event);
    int rowUnder(int y) const;
    int firstColumn() const;

    void forgetTheDead(const Arrangement &next);
    Anchor anchorFor(const Arrangement &next) const;
    void restore(const Anchor &anchor, const ArrangementPtr &before);
    void replaceCurrent(int row, int column, const ArrangementPtr &before);

    void headerClicked(int column);
    void tellCurrent();
    void chooseCurrent();
    void fitRowHeight();

    SocketTableModel &m_sockets;
    CellDelegate *m_delegate;
    ColumnKeeper *m_columns;
    QByteArray m_sortColumn;
    bool m_descending = false;
    quint32 m_anchor = noIndex;              ///< slot a range starts at, as long as its socket has it
    quint32 m_current = noIndex;             ///< slot told last
    std::optional<SlotSelection> m_dragBase; ///< selection when a ctrl drag began
    bool m_dragValue = true;                 ///< what a drag does to the rows it passes
    bool m_dragging = false;
    bool m_applying = false;
    bool m_entered = false;          ///< and no rows came since
    std::optional<QPoint> m_pointer; ///< over the viewport
    QElapsedTimer m_sincePointer;    ///< did something, not just rested
    QElapsedTimer m_sinceKey;
    std::chrono::milliseconds m_pointerPatience{3000};
    std::chrono::milliseconds m_keyPatience{2000};
    QPointer<QWidget> m_menu;
    QString m_typed; ///< type-ahead so far
    QElapsedTimer m_sinceTyped;
};

} // namespace socktree
