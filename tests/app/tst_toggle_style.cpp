// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/toggle_style.h"

#include "app/mark_look.h"
#include "tests/support/warnings.h"

#include <QtGui/QImage>
#include <QtTest/QTest>
#include <QtWidgets/QToolButton>

using namespace socktree;
using namespace socktree::test;

class TestToggleStyle : public QObject
{
    Q_OBJECT

    static QImage painted(QToolButton &button, bool on)
    {
        button.setChecked(on);
        return button.grab().toImage();
    }
    /// Rows of pixels, in the middle of the button, that look quite different.
    static int rowsThatDiffer(const QImage &a, const QImage &b)
    {
        constexpr double clearly = 2;
        int rows = 0;
        for (int y = 0; y < a.height(); ++y)
            rows += contrast(a.pixelColor(a.width() / 2, y), b.pixelColor(b.width() / 2, y)) > clearly;
        return rows;
    }

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void onAndOffLookDifferentInEveryPalette_data()
    {
        QTest::addColumn<QColor>("button");
        QTest::addColumn<QColor>("highlight");
        QTest::newRow("light") << QColor(239, 240, 241) << QColor(61, 132, 200);
        QTest::newRow("dark") << QColor(49, 54, 59) << QColor(61, 174, 233);
        QTest::newRow("black") << QColor(20, 20, 20) << QColor(48, 110, 180);
    }
    void onAndOffLookDifferentInEveryPalette()
    {
        QFETCH(QColor, button);
        QFETCH(QColor, highlight);
        QPalette palette(button);
        palette.setColor(QPalette::Highlight, highlight);
        QToolButton toggle;
        toggle.setPalette(palette);
        toggle.setCheckable(true);
        ToggleStyle::applyTo(toggle);
        toggle.resize(60, 24); // without words, which would be in the way
        const QImage off = painted(toggle, false);
        QCOMPARE_GE(rowsThatDiffer(painted(toggle, true), off), ToggleStyle::bar);
        QCOMPARE(painted(toggle, false), off);
    }
};

QTEST_MAIN(TestToggleStyle)
#include "tst_toggle_style.moc"
