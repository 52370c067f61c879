// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plain_text.h"

#include "tests/support/warnings.h"

#include <QtGui/QTextDocument>
#include <QtTest/QTest>

using namespace socktree;
using namespace socktree::test;

class TestPlainText : public QObject
{
    Q_OBJECT

    /// What Qt shows of it.
    static QString shown(const QString &toolTip)
    {
        if (!Qt::mightBeRichText(toolTip))
            return toolTip;
        QTextDocument document;
        document.setHtml(toolTip);
        return document.toPlainText();
    }

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void shortOnesStayAsTheyAre()
    {
        for (const char *text : {"", "one line", "two\nlines\n", "a  b   c"})
            QCOMPARE(plainToolTip(QLatin1String(text)), QLatin1String(text));
    }

    void longLinesAreBrokenAndNothingIsLost()
    {
        const QString words = QStringLiteral("words and ").repeated(30) + u'\n' + QStringLiteral("x").repeated(200);
        const QString toolTip = plainToolTip(words);
        for (const QString &line : toolTip.split(u'\n'))
            QVERIFY(line.size() <= 80);
        QString joined = toolTip, whole = words;
        QCOMPARE(joined.remove(u'\n'), whole.remove(u'\n'));
        QVERIFY(toolTip.startsWith(QStringLiteral("words and words")));
        QVERIFY(!toolTip.contains(QStringLiteral("wor\n")));
    }

    void aPairOfSurrogatesStaysTogether()
    {
        const QString toolTip = plainToolTip(u'x' + QStringLiteral("\U0001f600").repeated(100));
        for (const QString &line : toolTip.split(u'\n'))
            QVERIFY(!line.front().isLowSurrogate() && !line.back().isHighSurrogate());
    }

    void whatLooksLikeHtmlIsShownAsItIs()
    {
        for (const QString &text : {QStringLiteral("<b>bold</b>"), QStringLiteral("<img src=x>").repeated(20)}) {
            QString joined = shown(plainToolTip(text)), whole = text;
            QCOMPARE(joined.remove(u'\n').remove(u' '), whole.remove(u' '));
        }
    }

    void whatIsVeryLongEndsInTime()
    {
        const QString toolTip = plainToolTip(QStringLiteral("--option=value ").repeated(10000));
        QCOMPARE(toolTip.count(u'\n'), 40);
        QVERIFY(toolTip.endsWith(u'…'));
    }
};

QTEST_GUILESS_MAIN(TestPlainText)
#include "tst_plain_text.moc"
