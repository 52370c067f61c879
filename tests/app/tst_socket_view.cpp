// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/socket_view.h"

#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtGui/QContextMenuEvent>
#include <QtGui/QWheelEvent>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QHeaderView>
#include <QtWidgets/QScrollBar>
#include <QtWidgets/QStyleOptionHeader>

#include <numeric>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 listening = 10;
using Slots = std::vector<quint32>;

/// A listener per port, each of a process of its own named by its place; slots in the order of the ports given.
Generation listeners(const std::vector<quint16> &ports)
{
    SmallWorld world;
    for (std::size_t i = 0; i < ports.size(); ++i) {
        const auto pid = static_cast<qint32>(i + 1);
        const quint32 owner = world.add(process(pid, "p" + QByteArray::number(pid)));
        world.add(tcp(listening, "0.0.0.0", ports[i]), {{owner, pid, 3}});
    }
    return world.generation();
}

std::vector<quint16> manyPorts(std::size_t count)
{
    std::vector<quint16> ports(count);
    std::iota(ports.begin(), ports.end(), quint16(1));
    return ports;
}

ArrangementPtr by(const char *column, const Generation &generation, bool descending = false)
{
    return arrange(std::make_shared<const Generation>(generation), {.sortColumn = column, .descending = descending},
        nullptr, never());
}

/// Without those slots.
Generation lacking(Generation generation, const Slots &gone)
{
    for (const quint32 slot : gone)
        generation.entries[slot].index = noIndex;
    return generation;
}

} // namespace

class TestSocketView : public QObject
{
    Q_OBJECT
    std::unique_ptr<SocketTableModel> m_model;
    std::unique_ptr<SocketView> m_view;
    Generation m_many;

    QPoint at(int row) const { return m_view->visualRect(m_model->index(row, firstVisible())).center(); }
    int firstVisible() const { return columnIndex("process"); }
    void click(int row, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, modifiers, at(row));
    }
    void press(int key, Qt::KeyboardModifiers modifiers = {})
    {
        QTest::keyClick(m_view.get(), Qt::Key(key), modifiers);
    }
    void movePointer(int row)
    {
        QMouseEvent move(QEvent::MouseMove, at(row), m_view->viewport()->mapToGlobal(at(row)), Qt::NoButton,
            Qt::NoButton, Qt::NoModifier);
        QApplication::sendEvent(m_view->viewport(), &move);
    }
    Slots selected() const { return m_model->selection().selected(); }
    int currentRow() const { return m_view->currentIndex().row(); }
    /// Qt's own selection must stay empty: it is what costs.
    bool onlyCurrent() const { return !m_view->selectionModel()->hasSelection(); }
    int rowTop(quint32 slot) const { return m_view->rowViewportPosition(m_model->rowOf(slot)); }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        m_many = listeners(manyPorts(200));
    }
    void init()
    {
        m_model = std::make_unique<SocketTableModel>();
        m_view = std::make_unique<SocketView>(*m_model);
        m_view->resize(900, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->apply(by("local-port", m_many));
    }
    void cleanup()
    {
        QVERIFY(onlyCurrent());
        m_view.reset();
        m_model.reset();
    }

    void choosesOneRowByClick()
    {
        click(2);
        click(4);
        QCOMPARE(selected(), Slots{4});
        QCOMPARE(currentRow(), 4);
    }

    void togglesByControlClick()
    {
        click(2);
        click(4, Qt::ControlModifier);
        click(6, Qt::ControlModifier);
        click(4, Qt::ControlModifier);
        QCOMPARE(selected(), (Slots{2, 6}));
    }

    void extendsByShiftClickFromTheAnchor()
    {
        click(5);
        click(8, Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{5, 6, 7, 8}));
        click(3, Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{3, 4, 5}));
        click(1, Qt::ControlModifier);
        click(2, Qt::ControlModifier | Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{1, 2, 3, 4, 5}));
    }

    void keepsTheAnchorWithItsSocketWhenRowsMove()
    {
        click(2);
        m_view->apply(by("local-port", lacking(m_many, {0, 1})));
        click(3, Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{2, 3, 4, 5}));
    }

    void aRangeDoesNotStartAtWhoeverHasTheAnchorsSlotNow()
    {
        click(2);
        Generation gone = lacking(m_many, {2});
        m_view->apply(by("local-port", gone));
        Generation reused = m_many;
        reused.entries[2].born = 7;
        m_view->apply(by("local-port", reused));
        click(5, Qt::ShiftModifier);
        QCOMPARE(selected(), Slots{5});
    }

    void aControlDragDoesNotSelectWhoeverHasADeadOnesSlotNow()
    {
        click(2);
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, at(6));
        Generation reused = m_many;
        reused.entries[2].born = 7;
        m_view->apply(by("local-port", reused));
        QMouseEvent move(QEvent::MouseMove, at(7), m_view->viewport()->mapToGlobal(at(7)), Qt::NoButton, Qt::LeftButton,
            Qt::ControlModifier);
        QApplication::sendEvent(m_view->viewport(), &move);
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, at(7));
        QCOMPARE(selected(), (Slots{6, 7}));
    }

    void aDragEndsWhenAnotherTakesItsRelease_data()
    {
        QTest::addColumn<int>("by");
        QTest::newRow("a menu") << int(QEvent::ContextMenu);
        QTest::newRow("another window") << int(QEvent::FocusOut);
        QTest::newRow("nobody knows") << int(QEvent::MouseMove);
    }

    void aDragEndsWhenAnotherTakesItsRelease()
    {
        QFETCH(const int, by);
        const QPoint global = m_view->viewport()->mapToGlobal(at(2));
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at(2));
        QVERIFY(m_view->interacting());
        QContextMenuEvent menu(QContextMenuEvent::Mouse, at(2), global);
        QFocusEvent focus(QEvent::FocusOut, Qt::PopupFocusReason);
        QMouseEvent move(QEvent::MouseMove, at(4), global, Qt::NoButton, Qt::NoButton, Qt::NoModifier);
        switch (by) {
        case QEvent::ContextMenu: QApplication::sendEvent(m_view->viewport(), &menu); break;
        case QEvent::FocusOut: QApplication::sendEvent(m_view.get(), &focus); break;
        default: QApplication::sendEvent(m_view->viewport(), &move);
        }
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(m_view->viewport(), &leave);
        QVERIFY(!m_view->interacting());
        QCOMPARE(selected(), Slots{2}); // a move with no button down selects nothing
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(2));
    }

    void clearsByAClickBelowTheLastRow()
    {
        m_view->apply(by("local-port", listeners({1, 2})));
        click(1);
        QTest::mouseClick(m_view->viewport(), Qt::LeftButton, {}, QPoint(20, m_view->viewport()->height() - 3));
        QVERIFY(selected().empty());
    }

    void selectsByDraggingThereAndBack()
    {
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at(2));
        QTest::mouseMove(m_view->viewport(), at(5));
        QMouseEvent move(QEvent::MouseMove, at(5), m_view->viewport()->mapToGlobal(at(5)), Qt::NoButton, Qt::LeftButton,
            Qt::NoModifier);
        QApplication::sendEvent(m_view->viewport(), &move);
        QCOMPARE(selected(), (Slots{2, 3, 4, 5}));
        QVERIFY(m_view->interacting());
        QMouseEvent back(QEvent::MouseMove, at(3), m_view->viewport()->mapToGlobal(at(3)), Qt::NoButton, Qt::LeftButton,
            Qt::NoModifier);
        QApplication::sendEvent(m_view->viewport(), &back);
        QCOMPARE(selected(), (Slots{2, 3}));
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(3));
        QCOMPARE(selected(), (Slots{2, 3}));
    }

    void addsOrTakesAwayByControlDrag()
    {
        click(3);
        click(4, Qt::ControlModifier);
        const auto drag = [this](int from, int to) {
            QTest::mousePress(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, at(from));
            QMouseEvent move(QEvent::MouseMove, at(to), m_view->viewport()->mapToGlobal(at(to)), Qt::NoButton,
                Qt::LeftButton, Qt::ControlModifier);
            QApplication::sendEvent(m_view->viewport(), &move);
            QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, Qt::ControlModifier, at(to));
        };
        drag(6, 7);
        QCOMPARE(selected(), (Slots{3, 4, 6, 7}));
        drag(7, 4); // begins on a selected row, so it takes away
        QCOMPARE(selected(), Slots{3});
    }

    void movesAndExtendsByKeys()
    {
        click(3);
        press(Qt::Key_Down);
        QCOMPARE(selected(), Slots{4});
        press(Qt::Key_Down, Qt::ShiftModifier);
        press(Qt::Key_Down, Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{4, 5, 6}));
        press(Qt::Key_Up, Qt::ShiftModifier);
        QCOMPARE(selected(), (Slots{4, 5}));
        press(Qt::Key_Down, Qt::ControlModifier); // moves without choosing
        QCOMPARE(selected(), (Slots{4, 5}));
        QCOMPARE(currentRow(), 6);
        press(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(selected(), (Slots{4, 5, 6}));
        press(Qt::Key_Space, Qt::ControlModifier);
        QCOMPARE(selected(), (Slots{4, 5}));
        press(Qt::Key_Right);
        QCOMPARE(selected(), (Slots{4, 5})); // another cell, the same rows
    }

    void goesToTheEndsAndByPages()
    {
        click(10);
        press(Qt::Key_Home, Qt::ShiftModifier);
        QCOMPARE(selected().size(), std::size_t(11));
        QCOMPARE(currentRow(), 0);
        press(Qt::Key_End);
        QCOMPARE(selected(), Slots{199});
        QVERIFY(m_view->visualRect(m_view->currentIndex()).intersects(m_view->viewport()->rect()));
        press(Qt::Key_Home, Qt::ControlModifier);
        QCOMPARE(currentRow(), 0);
        QCOMPARE(selected(), Slots{199});
        press(Qt::Key_End, Qt::ShiftModifier);
        press(Qt::Key_Home);
        press(Qt::Key_PageDown);
        const int page = currentRow();
        QVERIFY(page > 3 && page < 40);
        QCOMPARE(selected(), Slots{static_cast<quint32>(page)});
        press(Qt::Key_PageUp, Qt::ShiftModifier);
        QCOMPARE(selected().size(), static_cast<std::size_t>(page) + 1);
        QCOMPARE(currentRow(), 0);
    }

    void selectsAllAndNothing()
    {
        press(Qt::Key_A, Qt::ControlModifier);
        QCOMPARE(m_model->selection().count(), 200u);
        press(Qt::Key_Escape);
        QCOMPARE(m_model->selection().count(), 0u);
    }

    void leavesEscapeToOthersWhenNothingIsSelected()
    {
        QKeyEvent escape(QEvent::KeyPress, Qt::Key_Escape, Qt::NoModifier);
        QApplication::sendEvent(m_view.get(), &escape);
        QVERIFY(!escape.isAccepted());
        QKeyEvent space(QEvent::KeyPress, Qt::Key_Space, Qt::NoModifier, QStringLiteral(" "));
        QApplication::sendEvent(m_view.get(), &space);
        QVERIFY(!space.isAccepted()); // pauses
    }

    void findsAProcessByTypingItsName()
    {
        QTest::keyClicks(m_view.get(), QStringLiteral("p17"));
        QCOMPARE(selected(), Slots{16});
        QVERIFY(m_view->interacting());
    }

    void activatesByEnterAndDoubleClick()
    {
        QSignalSpy activated(m_view.get(), &SocketView::socketActivated);
        click(3);
        press(Qt::Key_Return);
        QTest::mouseDClick(m_view->viewport(), Qt::LeftButton, {}, at(5));
        QCOMPARE(activated.count(), 2);
        QCOMPARE(activated[0][0].toUInt(), 3u);
        QCOMPARE(activated[1][0].toUInt(), 5u);
    }

    void choosesTheRowUnderTheMenuUnlessItIsSelected()
    {
        QSignalSpy asked(m_view.get(), &SocketView::menuRequested);
        const auto rightClick = [this](int row) {
            QTest::mouseClick(m_view->viewport(), Qt::RightButton, {}, at(row));
            QContextMenuEvent menu(QContextMenuEvent::Mouse, at(row), m_view->viewport()->mapToGlobal(at(row)));
            QApplication::sendEvent(m_view->viewport(), &menu);
        };
        click(2);
        click(4, Qt::ShiftModifier);
        rightClick(3);
        QCOMPARE(selected(), (Slots{2, 3, 4}));
        QCOMPARE(m_view->currentSlot(), 3u);
        rightClick(6);
        QCOMPARE(selected(), Slots{6});
        QCOMPARE(asked.count(), 2);
        QContextMenuEvent byKey(QContextMenuEvent::Keyboard, {}, {});
        QApplication::sendEvent(m_view->viewport(), &byKey);
        QCOMPARE(asked.count(), 3);
    }

    void tellsOfTheCurrentSocketOnce()
    {
        QSignalSpy told(m_view.get(), &SocketView::currentSocketChanged);
        click(2);
        QCOMPARE(told.count(), 1);
        QCOMPARE(told.takeFirst()[0].toUInt(), 2u);
        press(Qt::Key_Right); // the same socket
        m_view->apply(by("local-port", m_many, true));
        QCOMPARE(told.count(), 0);
        QCOMPARE(m_view->currentSlot(), 2u);
    }

    void makesTheNeighbourCurrentWhenASocketGoes()
    {
        click(5);
        QSignalSpy told(m_view.get(), &SocketView::currentSocketChanged);
        m_view->apply(by("local-port", lacking(m_many, {5, 6})));
        QCOMPARE(told.count(), 1);
        QCOMPARE(m_view->currentSlot(), 7u);
        QVERIFY(selected().empty());
        m_view->apply(by("local-port", lacking(m_many, [] {
            Slots all(199);
            std::iota(all.begin(), all.end(), 1u);
            return all;
        }())));
        QCOMPARE(m_view->currentSlot(), 0u); // above it, since below nothing is left
        Slots everything(200);
        std::iota(everything.begin(), everything.end(), 0u);
        m_view->apply(by("local-port", lacking(m_many, everything)));
        QCOMPARE(m_view->currentSlot(), noIndex);
    }

    void keepsTheTopRowAtItsPixelWhenRowsComeAndGo()
    {
        m_view->verticalScrollBar()->setValue(rowTop(50) + 7);
        const int top = rowTop(50);
        m_view->apply(by("local-port", lacking(m_many, {1, 3, 5, 7, 60})));
        QCOMPARE(rowTop(50), top);
        m_view->apply(by("local-port", m_many));
        QCOMPARE(rowTop(50), top);
        const int next = rowTop(51);
        m_view->apply(by("local-port", lacking(m_many, {50})));
        QCOMPARE(rowTop(51), top); // the row below takes the place of the one that went
        Q_UNUSED(next)
    }

    void staysAtTheVeryTopWhenItIsThere()
    {
        m_view->apply(by("local-port", lacking(m_many, {0, 1, 2})));
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
        m_view->apply(by("local-port", m_many));
        QCOMPARE(m_view->verticalScrollBar()->value(), 0);
    }

    void followsTheCurrentRowIntoAnotherOrder()
    {
        m_view->verticalScrollBar()->setValue(rowTop(100));
        click(103);
        const int y = rowTop(103);
        m_view->apply(by("local-port", m_many, true));
        QCOMPARE(rowTop(103), y);
    }

    void sortsByClicksOnAHeaderAndBackToTheDefault()
    {
        QSignalSpy asked(m_view.get(), &SocketView::sortRequested);
        QHeaderView *header = m_view->horizontalHeader();
        const int port = columnIndex("local-port");
        m_view->resize(2500, 300);
        const auto clickHeader = [&](int column) {
            const int x = header->sectionViewportPosition(column) + header->sectionSize(column) / 2;
            QTest::mouseClick(header->viewport(), Qt::LeftButton, {}, QPoint(x, header->height() / 2));
        };
        clickHeader(port);
        clickHeader(port);
        clickHeader(port);
        clickHeader(columnIndex("state"));
        QCOMPARE(asked.count(), 4);
        QCOMPARE(asked[0], (QVariantList{QByteArray("local-port"), false}));
        QCOMPARE(asked[1], (QVariantList{QByteArray("local-port"), true}));
        QCOMPARE(asked[2], (QVariantList{QByteArray(), false}));
        QCOMPARE(asked[3], (QVariantList{QByteArray("state"), false}));
        QCOMPARE(header->sortIndicatorSection(), columnIndex("state"));
        m_view->setSort("local-port", true); // shown, not asked for
        QCOMPARE(asked.count(), 4);
        QCOMPARE(header->sortIndicatorOrder(), Qt::DescendingOrder);
        QVERIFY(selected().empty());
    }

    void keepsTheWholeTitleBesideTheArrow()
    {
        QHeaderView *header = m_view->horizontalHeader();
        QStyleOptionHeader option;
        option.initFrom(header);
        option.orientation = Qt::Horizontal;
        option.state |= QStyle::State_Horizontal;
        option.sortIndicator = QStyleOptionHeader::SortDown;
        for (int column = 0; column < header->count(); ++column) {
            option.rect = QRect(0, 0, header->sectionSize(column), header->height());
            const QRect title = header->style()->subElementRect(QStyle::SE_HeaderLabel, &option, header);
            const QRect arrow = header->style()->subElementRect(QStyle::SE_HeaderArrow, &option, header);
            const QString text = m_model->headerData(column, Qt::Horizontal).toString();
            if (header->isSectionHidden(column))
                continue;
            QVERIFY2(title.width() >= header->fontMetrics().horizontalAdvance(text), qPrintable(text));
            QVERIFY(!title.intersects(arrow) && option.rect.contains(arrow));
        }
    }

    void showsTheLongestStateWhole()
    {
        const int room = m_view->columnWidth(columnIndex("state"));
        for (const char *state : {"FIN-WAIT-2", "CLOSE-WAIT", "not described"})
            QVERIFY(m_view->fontMetrics().horizontalAdvance(QLatin1String(state)) + 12 <= room);
    }

    void holdsStillWhileThePointerOrTheKeysAreInUse()
    {
        m_view->setKeyPatience(std::chrono::hours(1));
        m_view->setPointerPatience(std::chrono::hours(1));
        QVERIFY(!m_view->interacting());
        movePointer(2);
        QVERIFY(m_view->interacting());
        QEvent leave(QEvent::Leave);
        QApplication::sendEvent(m_view->viewport(), &leave);
        QVERIFY(!m_view->interacting());
        press(Qt::Key_Down);
        QVERIFY(m_view->interacting());
        m_view->setKeyPatience(std::chrono::milliseconds(0));
        QVERIFY(!m_view->interacting());
    }

    void letsRowsMoveUnderAPointerThatRests()
    {
        m_view->setPointerPatience(std::chrono::milliseconds(300));
        movePointer(2);
        QVERIFY(m_view->interacting());
        QTRY_VERIFY(!m_view->interacting());
        movePointer(2); // told again, but not moved
        QVERIFY(!m_view->interacting());
        movePointer(3);
        QVERIFY(m_view->interacting());
        QTRY_VERIFY(!m_view->interacting());
        QWheelEvent wheel(at(3), m_view->viewport()->mapToGlobal(at(3)), {}, {0, -120}, Qt::NoButton, Qt::NoModifier,
            Qt::NoScrollPhase, false);
        QApplication::sendEvent(m_view->viewport(), &wheel);
        QVERIFY(m_view->interacting());
        m_view->setPointerPatience(std::chrono::milliseconds(0));
        QVERIFY(!m_view->interacting());
        QTest::mousePress(m_view->viewport(), Qt::LeftButton, {}, at(3));
        QVERIFY(m_view->interacting()); // for as long as the button is down
        QTest::mouseRelease(m_view->viewport(), Qt::LeftButton, {}, at(3));
        QVERIFY(!m_view->interacting());
    }

    void holdsStillWhileItsMenuIsOpen()
    {
        m_view->setPointerPatience(std::chrono::milliseconds(0));
        auto menu = std::make_unique<QWidget>();
        m_view->holdWhileOpen(menu.get());
        QVERIFY(!m_view->interacting());
        menu->show();
        QVERIFY(m_view->interacting());
        menu.reset();
        QVERIFY(!m_view->interacting());
    }

    void goesToASocket()
    {
        m_view->goTo(150);
        QCOMPARE(selected(), Slots{150});
        QCOMPARE(m_view->currentSlot(), 150u);
        QVERIFY(m_view->viewport()->rect().contains(0, rowTop(150)));
        m_view->goTo(noIndex);
        QCOMPARE(m_view->currentSlot(), 150u);
    }

    void tellsItsColumnsInTheOrderOnScreen()
    {
        QHeaderView *header = m_view->horizontalHeader();
        QCOMPARE(QByteArray(m_view->shownColumns().front()->id), QByteArray("process"));
        header->moveSection(header->visualIndex(columnIndex("state")), 0);
        header->setSectionHidden(columnIndex("process"), true);
        QCOMPARE(QByteArray(m_view->shownColumns().front()->id), QByteArray("state"));
        m_view->resetColumns();
        QCOMPARE(QByteArray(m_view->shownColumns().front()->id), QByteArray("process"));
    }

    void growsItsRowsWithTheFont()
    {
        const int before = m_view->rowHeight(0);
        QFont font = m_view->font();
        font.setPointSizeF(font.pointSizeF() * 2);
        m_view->setFont(font);
        QVERIFY(m_view->rowHeight(0) > before * 3 / 2);
    }

    void keepsTopRowCurrentAndSelectionThroughRandomSnapshots()
    {
        RandomWalk walk(5, {.sockets = 120, .messages = false, .failures = 0.05});
        ArrangementPtr before;
        for (int step = 0; step < 120; ++step) {
            const GenerationPtr generation = walk.next();
            ViewRequest request = walk.request();
            request.sortColumn.clear(); // so that the top row is the anchor
            const ArrangementPtr next = arrange(generation, request, before, never());
            const int topRow = m_view->rowAt(0);
            const quint32 top = m_model->slotAt(topRow);
            const bool anchored = before && top != noIndex && m_view->verticalScrollBar()->value() > 0
                && next->rowOf[top] != noIndex && sameSocket(*generation, *before->generation, top);
            const int y = m_view->rowViewportPosition(topRow);
            m_view->apply(next);
            const bool fits = anchored
                && rowTop(top) + m_view->verticalScrollBar()->value() - y <= m_view->verticalScrollBar()->maximum();
            if (fits && rowTop(top) + m_view->verticalScrollBar()->value() - y >= 0)
                QCOMPARE(rowTop(top), y);
            // Where a current row was, one is current as long as any row of then is still shown.
            const bool anyStayed = before && std::any_of(before->slots.begin(), before->slots.end(), [&](quint32 slot) {
                return next->rowOf[slot] != noIndex && sameSocket(*generation, *before->generation, slot);
            });
            QCOMPARE(m_view->currentIndex().isValid(), anyStayed);
            if (m_model->rowCount())
                m_view->goTo(m_model->slotAt(walk.below(m_model->rowCount())));
            m_view->verticalScrollBar()->setValue(walk.below(m_view->verticalScrollBar()->maximum() + 1));
            before = next;
        }
    }
};

QTEST_MAIN(TestSocketView)
#include "tst_socket_view.moc"
