// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/socket_view.h"

#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtGui/QAccessible>
#include <QtTest/QTest>
#include <QtWidgets/QHeaderView>

#include <private/qguiapplication_p.h>
#include <qpa/qplatformaccessibility.h>
#include <qpa/qplatformintegration.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 listening = 10;

ArrangementPtr ports(const std::vector<quint16> &ports, bool descending = false, Mark mark = Mark::None)
{
    SmallWorld world;
    for (const quint16 port : ports)
        world.add(tcp(listening, "0.0.0.0", port));
    Generation generation = world.generation();
    generation.entries[0].mark = mark;
    return arrange(std::make_shared<const Generation>(generation),
        {.sortColumn = "local-port", .descending = descending}, nullptr, never());
}

/// What was said to screen readers, instead of saying it.
std::vector<std::pair<QAccessible::Event, int>> said;
void listen(QAccessibleEvent *event)
{
    said.emplace_back(event->type(), event->child());
}

/// As if a screen reader came or went: QAccessible::setActive only tells those who observe it.
void setReaderPresent(bool present)
{
    QGuiApplicationPrivate::platformIntegration()->accessibility()->setActive(present);
}

} // namespace

class TestAccessible : public QObject
{
    Q_OBJECT
    std::unique_ptr<SocketTableModel> m_model;
    std::unique_ptr<SocketView> m_view;

    QAccessibleInterface *self() const { return QAccessible::queryAccessibleInterface(m_view.get()); }
    QAccessibleTableInterface *table() const { return self()->tableInterface(); }
    int column(const char *id) const
    {
        const auto shown = m_view->shownColumns();
        for (std::size_t i = 0; i < shown.size(); ++i)
            if (QByteArray(shown[i]->id) == id)
                return static_cast<int>(i);
        return -1;
    }

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }
    void init()
    {
        m_model = std::make_unique<SocketTableModel>();
        m_view = std::make_unique<SocketView>(*m_model);
        m_view->resize(2000, 300);
        m_view->show();
        QVERIFY(QTest::qWaitForWindowExposed(m_view.get()));
        m_view->apply(ports({10, 20, 30, 40}));
        said.clear();
    }
    void cleanup()
    {
        m_view.reset();
        m_model.reset();
    }

    void isATableOfTheVisibleColumns()
    {
        QVERIFY(self());
        QCOMPARE(self()->role(), QAccessible::Table);
        QVERIFY(table());
        QCOMPARE(table()->rowCount(), 4);
        QCOMPARE(table()->columnCount(), static_cast<int>(m_view->shownColumns().size()));
        QCOMPARE(self()->childCount(), 5 * table()->columnCount());
        QCOMPARE(table()->columnDescription(column("local-port")), QStringLiteral("Local port"));
        QCOMPARE(table()->cellAt(1, column("local-port"))->text(QAccessible::Name), QStringLiteral("20"));
        QCOMPARE(self()->child(column("state"))->role(), QAccessible::ColumnHeader);
        QVERIFY(!table()->cellAt(4, 0));
        QVERIFY(!table()->cellAt(0, 99));
        QVERIFY(!self()->child(-1));
        const int columns = table()->columnCount();
        m_view->setColumnHidden(columnIndex("process"), true);
        QCOMPARE(table()->columnCount(), columns - 1);
    }

    void numbersItsChildrenBothWaysAlike()
    {
        for (int i = 0; i < self()->childCount(); ++i)
            QCOMPARE(self()->indexOfChild(self()->child(i)), i);
        QCOMPARE(self()->child(3), self()->child(3)); // no second interface for the same cell
    }

    void tellsTheSelectionOutOfTheBitmap()
    {
        m_model->selectRows(1, 2, true, true);
        QCOMPARE(table()->selectedRows(), (QList<int>{1, 2}));
        QCOMPARE(table()->selectedRowCount(), 2);
        QVERIFY(table()->isRowSelected(1) && !table()->isRowSelected(0) && !table()->isRowSelected(17));
        QVERIFY(table()->cellAt(1, 0)->state().selected);
        QVERIFY(!table()->cellAt(0, 0)->state().selected);
        QVERIFY(table()->cellAt(2, 3)->tableCellInterface()->isSelected());
        QCOMPARE(table()->selectedCellCount(), 2 * table()->columnCount());
        QCOMPARE(table()->selectedCells().size(), 2 * table()->columnCount());
    }

    void selectsRowsForTheReader()
    {
        QVERIFY(table()->selectRow(0));
        QVERIFY(table()->selectRow(3));
        QCOMPARE(m_model->selection().selected(), (std::vector<quint32>{0, 3}));
        QVERIFY(table()->unselectRow(0));
        QCOMPARE(m_model->selection().selected(), std::vector<quint32>{3});
        QVERIFY(!table()->selectRow(99));
    }

    void keepsACellWithItsSocketWhereverItsRowGoes()
    {
        QAccessibleInterface *cell = table()->cellAt(0, column("local-port"));
        const QAccessible::Id id = QAccessible::uniqueId(cell);
        m_view->apply(ports({10, 20, 30, 40}, true));
        QCOMPARE(cell->tableCellInterface()->rowIndex(), 3);
        QCOMPARE(cell->text(QAccessible::Name), QStringLiteral("10"));
        QCOMPARE(cell, table()->cellAt(3, column("local-port")));
        QAccessibleInterface *gone = table()->cellAt(0, 0); // port 40
        const QAccessible::Id goneId = QAccessible::uniqueId(gone);
        m_view->apply(ports({10, 20, 30}, true));
        QAccessibleTableModelChangeEvent changed(m_view.get(), QAccessibleTableModelChangeEvent::ModelReset);
        table()->modelChange(&changed);
        QVERIFY(!QAccessible::accessibleInterface(goneId));
        QVERIFY(QAccessible::accessibleInterface(id));
    }

    void saysWhatIsMarked()
    {
        m_view->apply(ports({10, 20}, false, Mark::Closed));
        QCOMPARE(table()->cellAt(0, 0)->text(QAccessible::Description), QStringLiteral("closed"));
        QCOMPARE(table()->cellAt(1, 0)->text(QAccessible::Description), QString());
    }

    void leadsFromACellToItsTableAndHeader()
    {
        QAccessibleInterface *cell = table()->cellAt(2, column("state"));
        QCOMPARE(cell->parent(), self());
        QCOMPARE(cell->tableCellInterface()->table(), self());
        const auto headers = cell->tableCellInterface()->columnHeaderCells();
        QCOMPARE(headers.size(), 1);
        QCOMPARE(headers.first()->text(QAccessible::Name), QStringLiteral("State"));
        QCOMPARE(cell->tableCellInterface()->columnIndex(), column("state"));
        const QPoint centre = cell->rect().center();
        QCOMPARE(self()->childAt(centre.x(), centre.y()), cell);
        const QPoint onHeader = headers.first()->rect().center();
        QCOMPARE(self()->childAt(onHeader.x(), onHeader.y()), headers.first());
    }

    void saysWhereTheFocusIsAndThatTheSelectionChanged()
    {
        setReaderPresent(true);
        QVERIFY(QAccessible::isActive());
        const auto before = QAccessible::installUpdateHandler(listen);
        m_view->goTo(2);
        QAccessible::installUpdateHandler(before);
        setReaderPresent(false);
        QAccessibleInterface *current = self()->focusChild();
        QVERIFY(current);
        QCOMPARE(current->tableCellInterface()->rowIndex(), 2);
        const auto has = [](QAccessible::Event type, int child) {
            return std::find(said.begin(), said.end(), std::pair(type, child)) != said.end();
        };
        QVERIFY(has(QAccessible::Focus, self()->indexOfChild(current)));
        QVERIFY(has(QAccessible::SelectionWithin, -1));
    }
};

QTEST_MAIN(TestAccessible)
#include "tst_accessible.moc"
