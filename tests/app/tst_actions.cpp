// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions.h"

#include "tests/support/warnings.h"

#include <QtCore/QSet>
#include <QtGui/QKeySequence>
#include <QtTest/QTest>
#include <QtWidgets/QMainWindow>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

using namespace socktree;

class ActionsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }
    void noTwoActionsShareAShortcut();
    void everyKeyOfTheTableIsAKey();
    void noAltLetterIsTheMnemonicOfAMenu();
    void noMnemonicIsTwiceInAMenu();
    void noShortcutTakesALetterFromTypeAhead();
    void everyActionOfAMenuIsInItsMenuOnce();
    void theListNamesEveryShortcut();
};

static QList<QKeySequence> keysOf(const ActLine &line)
{
    if (!*line.keys)
        return {};
    return QKeySequence::listFromString(QString::fromLatin1(line.keys), QKeySequence::PortableText);
}

void ActionsTest::noTwoActionsShareAShortcut()
{
    QSet<QString> seen;
    for (const ActLine &line : actLines()) {
        for (const QKeySequence &key : keysOf(line)) {
            const QString text = key.toString(QKeySequence::PortableText);
            QVERIFY2(!seen.contains(text), qPrintable(text));
            seen.insert(text);
        }
    }
    QVERIFY(seen.size() > 30);
}

void ActionsTest::everyKeyOfTheTableIsAKey()
{
    for (const ActLine &line : actLines()) {
        const QString written = QString::fromLatin1(line.keys);
        const auto expected = written.isEmpty() ? 0 : written.count(QStringLiteral("; ")) + 1;
        QCOMPARE(keysOf(line).size(), expected);
        for (const QKeySequence &key : keysOf(line))
            QVERIFY2(key[0].key() != Qt::Key_unknown && key.count() == 1, line.keys);
    }
}

void ActionsTest::noAltLetterIsTheMnemonicOfAMenu()
{
    QSet<QKeySequence> mnemonics;
    for (const ActMenu menu : {ActMenu::File, ActMenu::Edit, ActMenu::View, ActMenu::Socket, ActMenu::Help})
        mnemonics.insert(QKeySequence::mnemonic(menuTitle(menu)));
    QCOMPARE(mnemonics.size(), 5);
    for (const ActLine &line : actLines()) {
        for (const QKeySequence &key : keysOf(line))
            QVERIFY2(!mnemonics.contains(key), line.keys);
    }
}

void ActionsTest::noMnemonicIsTwiceInAMenu()
{
    QSet<std::pair<int, QString>> seen;
    for (const ActLine &line : actLines()) {
        const QString key = QKeySequence::mnemonic(QString::fromUtf8(line.text)).toString();
        if (key.isEmpty() || line.menu == ActMenu::None)
            continue;
        const std::pair<int, QString> place(static_cast<int>(line.menu), key);
        QVERIFY2(!seen.contains(place), line.text);
        seen.insert(place);
    }
}

void ActionsTest::noShortcutTakesALetterFromTypeAhead()
{
    for (const ActLine &line : actLines()) {
        for (const QKeySequence &key : keysOf(line)) {
            if (key[0].keyboardModifiers() == Qt::NoModifier)
                QVERIFY2(key[0].key() < Qt::Key_0 || key[0].key() > Qt::Key_Z, line.keys);
        }
    }
}

void ActionsTest::everyActionOfAMenuIsInItsMenuOnce()
{
    QMainWindow window;
    const Actions actions(&window);
    actions.fill(window.menuBar());
    QHash<const QAction *, int> times;
    for (const QAction *top : window.menuBar()->actions()) {
        for (const QAction *action : top->menu()->actions())
            ++times[action];
    }
    for (const ActLine &line : actLines())
        QCOMPARE(times.value(actions[line.act]), line.menu == ActMenu::None ? 0 : 1);
}

void ActionsTest::theListNamesEveryShortcut()
{
    const Actions actions;
    const QString list = actions.shortcutList();
    for (const ActLine &line : actLines()) {
        for (const QKeySequence &key : keysOf(line))
            QVERIFY2(list.contains(key.toString(QKeySequence::NativeText)), line.keys);
    }
}

QTEST_MAIN(ActionsTest)
#include "tst_actions.moc"
