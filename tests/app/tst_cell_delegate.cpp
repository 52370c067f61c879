// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/cell_delegate.h"

#include "app/glyph_text.h"

#include "tests/support/random_walk.h"
#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtGui/QImage>
#include <QtGui/QPainter>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QStyleOptionViewItem>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr quint8 established = 1;
constexpr QRgb outside = qRgb(255, 0, 255);

QPalette lightPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Base, Qt::white);
    palette.setColor(QPalette::Text, Qt::black);
    palette.setColor(QPalette::Highlight, QColor(0, 60, 160));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

QPalette darkPalette()
{
    QPalette palette;
    palette.setColor(QPalette::Base, QColor(30, 30, 30));
    palette.setColor(QPalette::Text, QColor(235, 235, 235));
    palette.setColor(QPalette::Highlight, QColor(50, 100, 200));
    palette.setColor(QPalette::HighlightedText, Qt::white);
    return palette;
}

} // namespace

class TestCellDelegate : public QObject
{
    Q_OBJECT
    SocketTableModel m_model;
    Generation m_generation;
    static constexpr int pad = 20;

    void mark(Mark mark)
    {
        m_generation.entries[0].mark = mark;
        m_model.apply(arrange(std::make_shared<const Generation>(m_generation), {}, nullptr, never()));
    }

    /// The cell in the middle of a sea of another colour.
    QImage painted(CellDelegate &delegate, const char *column, QSize size, const QPalette &palette = lightPalette(),
        int row = 0) const
    {
        QImage image(size + QSize(2 * pad, 2 * pad), QImage::Format_RGB32);
        image.fill(outside);
        QStyleOptionViewItem option;
        option.rect = QRect(QPoint(pad, pad), size);
        option.palette = palette;
        option.font = QApplication::font();
        option.state = QStyle::State_Enabled | QStyle::State_Active;
        QPainter painter(&image);
        painter.fillRect(option.rect, palette.color(QPalette::Base));
        delegate.paint(&painter, option, m_model.index(row, columnIndex(column)));
        return image;
    }
    QSize hint(CellDelegate &delegate, const char *column) const
    {
        QStyleOptionViewItem option;
        option.font = QApplication::font();
        return delegate.sizeHint(option, m_model.index(0, columnIndex(column)));
    }
    static bool overflows(const QImage &image)
    {
        const QRect cell = image.rect().adjusted(pad, pad, -pad, -pad);
        for (int y = 0; y < image.height(); ++y)
            for (int x = 0; x < image.width(); ++x)
                if (!cell.contains(x, y) && image.pixel(x, y) != outside)
                    return true;
        return false;
    }
    /// First and last column of pixels of the cell that are not its ground.
    static std::pair<int, int> inked(const QImage &image, QRgb ground)
    {
        const QRect cell = image.rect().adjusted(pad, pad, -pad, -pad);
        int first = -1, last = -1;
        for (int x = cell.left(); x <= cell.right(); ++x)
            for (int y = cell.top(); y <= cell.bottom(); ++y)
                if (image.pixel(x, y) != ground) {
                    last = x - pad;
                    first = first < 0 ? last : first;
                }
        return {first, last};
    }
    static QRgb corner(const QImage &image) { return image.pixel(pad, pad); }

private Q_SLOTS:
    void initTestCase()
    {
        failOnWarnings();
        SmallWorld world;
        const quint32 owner = world.add(process(1, "plain-name-of-it"));
        const quint32 other = world.add(process(2, "z\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d and more of it")); // Hebrew
        world.add(tcp(established, "127.0.0.1", 443, "127.0.0.1", 50000), {{owner, 1, 3}});
        world.add(tcp(established, "127.0.0.1", 444, "127.0.0.1", 50000), {{other, 2, 3}});
        world.add(tcp(established, "127.0.0.1", 445, "127.0.0.1", 50000));
        world.snapshot().deniedProcesses = 1;
        m_generation = world.generation();
    }
    void init()
    {
        m_model.clearSelection();
        mark(Mark::None);
    }

    void paintsSelectedRowsInTheSelectionsColours()
    {
        CellDelegate delegate(m_model);
        const QPalette palette = lightPalette();
        QCOMPARE(corner(painted(delegate, "process", {200, 20})), palette.color(QPalette::Base).rgb());
        m_model.select(0, true);
        const QImage image = painted(delegate, "process", {200, 20});
        QCOMPARE(corner(image), palette.color(QPalette::Highlight).rgb());
        bool light = false;
        for (int x = 0; x < 200; ++x)
            for (int y = 0; y < 20; ++y)
                light = light || qGray(image.pixel(pad + x, pad + y)) > 200;
        QVERIFY(light);
    }

    void endsInTimeWhereTextIsTooLong_data()
    {
        QTest::addColumn<int>("row");
        QTest::newRow("glyph run") << 0;
        QTest::newRow("shaped") << 1;
    }
    void endsInTimeWhereTextIsTooLong()
    {
        QFETCH(int, row);
        CellDelegate delegate(m_model);
        for (int width = 1; width < 130; width += 3) {
            const QImage image = painted(delegate, "process", {width, 20}, lightPalette(), row);
            QVERIFY2(!overflows(image), qPrintable(QString::number(width)));
        }
        const auto [first, last]
            = inked(painted(delegate, "process", {60, 20}, lightPalette(), row), qRgb(255, 255, 255));
        QVERIFY(first >= 3 && last > 30 && last < 60);
    }

    void differsFromWholeTextOnlyWhereItIsCut()
    {
        CellDelegate delegate(m_model);
        const QImage whole = painted(delegate, "process", {300, 20}), cut = painted(delegate, "process", {70, 20});
        const QRect kept(pad, pad, 40, 20);
        QCOMPARE(cut.copy(kept), whole.copy(kept));
    }

    void cutsTheMiddleOfWhatItsEndTells_data()
    {
        QTest::addColumn<QString>("front");
        QTest::newRow("glyph run") << QStringLiteral("/run/a-folder-like-any/");
        QTest::newRow("shaped") << QStringLiteral("/run/\u05e9\u05dc\u05d5\u05dd-like-any-other/");
    }
    void cutsTheMiddleOfWhatItsEndTells()
    {
        QFETCH(QString, front);
        const auto drawn = [&front](const char *back, Qt::TextElideMode elide) {
            QImage image(120, 20, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            GlyphText text;
            text.setFont(QApplication::font());
            text.draw(painter, image.rect().adjusted(10, 0, -10, 0), front + QLatin1String(back), false, false, elide);
            return image;
        };
        QCOMPARE(drawn("one", Qt::ElideRight), drawn("two", Qt::ElideRight));
        const QImage one = drawn("one", Qt::ElideMiddle), two = drawn("two", Qt::ElideMiddle);
        QVERIFY(one != two);
        const QRect head(0, 0, 30, 20), beside(110, 0, 10, 20);
        QCOMPARE(one.copy(head), drawn("one", Qt::ElideRight).copy(head));
        QImage blank(beside.size(), one.format());
        blank.fill(Qt::white);
        QCOMPARE(one.copy(beside), blank);
        QCOMPARE(two.copy(beside), blank);
    }

    void looksAsTheOrdinaryWayDoes()
    {
        CellDelegate delegate(m_model);
        const QImage image = painted(delegate, "process", {300, 24});
        const auto [first, last] = inked(image, qRgb(255, 255, 255));
        const QFontMetrics metrics(QApplication::font());
        const int wanted = metrics.horizontalAdvance(QStringLiteral("plain-name-of-it"));
        QVERIFY(std::abs((last - first) - wanted) <= 3 + wanted / 20);
    }

    void putsNumbersAtTheRight()
    {
        CellDelegate delegate(m_model);
        const auto [portFirst, portLast] = inked(painted(delegate, "local-port", {200, 20}), qRgb(255, 255, 255));
        QVERIFY(portFirst > 100 && portLast > 185 && portLast < 200);
        const auto [stateFirst, stateLast] = inked(painted(delegate, "state", {200, 20}), qRgb(255, 255, 255));
        QVERIFY(stateFirst < 10 && stateLast < 100);
    }

    void greysTheWordForAHiddenOwner()
    {
        CellDelegate delegate(m_model);
        const auto darkest = [&](int row) {
            const QImage image = painted(delegate, "process", {200, 24}, lightPalette(), row);
            int least = 255;
            for (int x = 0; x < 200; ++x)
                for (int y = 0; y < 24; ++y)
                    least = std::min(least, qGray(image.pixel(pad + x, pad + y)));
            return least;
        };
        QVERIFY(darkest(0) < 60);
        QVERIFY(darkest(2) > 60 && darkest(2) < 200);
    }

    void marksRowsByTintAndGlyph_data()
    {
        QTest::addColumn<int>("mark");
        QTest::addColumn<bool>("dark");
        for (const bool dark : {false, true}) {
            QTest::newRow(dark ? "new, dark" : "new") << static_cast<int>(Mark::New) << dark;
            QTest::newRow(dark ? "changed, dark" : "changed") << static_cast<int>(Mark::Changed) << dark;
            QTest::newRow(dark ? "closed, dark" : "closed") << static_cast<int>(Mark::Closed) << dark;
        }
    }
    void marksRowsByTintAndGlyph()
    {
        QFETCH(int, mark);
        QFETCH(bool, dark);
        const QPalette palette = dark ? darkPalette() : lightPalette();
        const QRgb base = palette.color(QPalette::Base).rgb();
        CellDelegate delegate(m_model);
        delegate.setMarkColumn(columnIndex("process"));
        const QRect place(pad, pad, 14, 20); // where the glyph stands
        const QImage plain = painted(delegate, "process", {300, 20}, palette);
        QCOMPARE(inked(plain.copy(plain.rect().adjusted(0, 0, -286, 0)), base).first, -1); // kept free
        this->mark(static_cast<Mark>(mark));
        const QImage tinted = painted(delegate, "process", {300, 20}, palette);
        QVERIFY(corner(tinted) != base);
        QVERIFY(contrast(QColor(corner(tinted)), palette.color(QPalette::Text)) >= leastContrast);
        delegate.setTinted(false);
        const QImage bare = painted(delegate, "process", {300, 20}, palette);
        QCOMPARE(corner(bare), base);
        QVERIFY(bare.copy(place) != plain.copy(place)); // colour is never the only sign
        QVERIFY(!overflows(bare));
    }

    void strikesClosedRowsOut()
    {
        CellDelegate delegate(m_model);
        delegate.setTinted(false);
        const QImage open = painted(delegate, "state", {200, 20});
        mark(Mark::Closed);
        const QImage closed = painted(delegate, "state", {200, 20});
        int longest = 0;
        for (int y = 0; y < 20; ++y) {
            int changed = 0;
            for (int x = 0; x < 200; ++x)
                changed += qGray(closed.pixel(pad + x, pad + y)) < 60;
            longest = std::max(longest, changed);
        }
        const auto [first, last] = inked(open, qRgb(255, 255, 255));
        QVERIFY(longest >= (last - first) * 9 / 10);
    }

    void tellsMarksApartByTheirGlyphs()
    {
        std::vector<QImage> glyphs;
        for (const Mark mark : {Mark::New, Mark::Changed, Mark::Closed}) {
            QImage image(20, 20, QImage::Format_RGB32);
            image.fill(Qt::white);
            QPainter painter(&image);
            drawMark(painter, image.rect(), mark, Qt::black);
            painter.end();
            glyphs.push_back(image);
        }
        QVERIFY(glyphs[0] != glyphs[1] && glyphs[1] != glyphs[2] && glyphs[0] != glyphs[2]);
    }

    void keepsTextReadableOnEveryTint_data()
    {
        QTest::addColumn<QColor>("base");
        QTest::addColumn<QColor>("text");
        QTest::newRow("light") << QColor(Qt::white) << QColor(Qt::black);
        QTest::newRow("dark") << QColor(30, 30, 30) << QColor(235, 235, 235);
        QTest::newRow("high contrast") << QColor(Qt::black) << QColor(Qt::yellow);
        QTest::newRow("solarised") << QColor(253, 246, 227) << QColor(80, 100, 110);
        QTest::newRow("barely enough") << QColor(Qt::white) << QColor(115, 115, 115);
    }
    void keepsTextReadableOnEveryTint()
    {
        QFETCH(QColor, base);
        QFETCH(QColor, text);
        QPalette palette;
        palette.setColor(QPalette::Base, base);
        palette.setColor(QPalette::Text, text);
        const RowColours colours(palette, QPalette::Active);
        QVERIFY(contrast(colours.muted(false), base) >= leastContrast);
        for (const Mark mark : {Mark::New, Mark::Changed, Mark::Closed}) {
            QVERIFY(contrast(colours.tint(mark), text) >= leastContrast);
            QVERIFY(contrast(colours.tint(mark), colours.muted(false)) >= leastContrast - 0.01);
        }
    }

    void asksForAsMuchWidthAsItNeeds()
    {
        CellDelegate delegate(m_model);
        const QSize size = hint(delegate, "process");
        const QImage fitted = painted(delegate, "process", size),
                     wide = painted(delegate, "process", size + QSize(50, 0));
        const QRect cell(QPoint(pad, pad), size - QSize(1, 0));
        QCOMPARE(fitted.copy(cell), wide.copy(cell));
    }
};

QTEST_MAIN(TestCellDelegate)
#include "tst_cell_delegate.moc"
