// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/quiet_text.h"
#include "tests/support/warnings.h"

#include <QtTest/QtTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QLineEdit>

using namespace socktree;

class TestQuietText : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void canBeReadOnEveryPalette()
    {
        const QuietText quiet(*qApp);
        const QLineEdit edit;
        for (const int lightness : {20, 240, 20}) { // desktops change it while we run
            QPalette palette;
            palette.setColor(QPalette::Base, QColor(lightness, lightness, lightness));
            palette.setColor(QPalette::Text, QColor(255 - lightness, 255 - lightness, 255 - lightness));
            palette.setColor(QPalette::PlaceholderText, QColor(lightness, lightness, lightness)); // as some leave it
            QApplication::setPalette(palette);
            QCoreApplication::processEvents();
            const QColor made = edit.palette().color(QPalette::PlaceholderText);
            QCOMPARE(made.red(), 255 - lightness);
            QVERIFY(made.alpha() > 100 && made.alpha() < 255);
        }
    }
};

QTEST_MAIN(TestQuietText)
#include "tst_quiet_text.moc"
