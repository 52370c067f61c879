// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/settings.h"

#include "app/header_style.h"
#include "model/column.h"
#include "tests/support/warnings.h"

#include <QtCore/QFile>
#include <QtCore/QSettings>
#include <QtCore/QTemporaryDir>
#include <QtGui/QFontMetrics>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>

#include <random>

using namespace socktree;

class SettingsTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }
    void isAsAtFirstWithoutAFile();
    void comesBackAsItWasWritten();
    void isAsAtFirstForAnotherVersion();
    void keepsWhatIsOutOfBoundsOut_data();
    void keepsWhatIsOutOfBoundsOut();
    void survivesAnyGarbage();
    void columnsHaveRoomForWhatTheyCommonlyShow();
    void repairsALayoutOfColumns();

private:
    QString path(const char *name) const { return m_folder.filePath(QLatin1String(name)); }
    QTemporaryDir m_folder;
};

static Preferences readFrom(const QString &path)
{
    return readPreferences(QSettings(path, QSettings::IniFormat));
}

void SettingsTest::isAsAtFirstWithoutAFile()
{
    QCOMPARE(readFrom(path("none.conf")) == Preferences{}, true);
}

void SettingsTest::comesBackAsItWasWritten()
{
    Preferences p;
    p.geometry = QByteArray::fromHex("01d9d0cb00030000");
    p.treeAndTable = {200, 900};
    p.tableAndDetails = {400, 100};
    p.columns = {{"pid", 50, true}, {"process", 120, true}, {"rtt", 60, false}};
    p.treeColumns = {{"pid", 50, true}, {"name", 120, true}, {"user", 60, false}};
    p.detailColumns = {{"value", 50, true}, {"name", 120, true}};
    p.folded = QStringList{QStringLiteral("Memory, all: of it"), QStringLiteral("TCP")};
    p.sortColumn = "remote-port";
    p.descending = true;
    p.interval = std::chrono::milliseconds(5000);
    p.toggles.udp = p.toggles.ipv6 = false;
    p.toggles.state = StateToggle::Listening;
    p.zoom = -2;
    p.marks = p.details = p.byNamespace = false;
    p.format = Format::Json;
    p.exportFolder = QStringLiteral("/tmp/a, b=c");
    {
        QSettings settings(path("round.conf"), QSettings::IniFormat);
        writePreferences(settings, p);
    }
    QVERIFY(readFrom(path("round.conf")) == p);
}

void SettingsTest::isAsAtFirstForAnotherVersion()
{
    QSettings settings(path("version.conf"), QSettings::IniFormat);
    Preferences p;
    p.zoom = 3;
    writePreferences(settings, p);
    settings.setValue(QStringLiteral("version"), 99);
    QVERIFY(readPreferences(settings) == Preferences{});
}

void SettingsTest::keepsWhatIsOutOfBoundsOut_data()
{
    QTest::addColumn<QString>("key");
    QTest::addColumn<QVariant>("value");
    const auto row = [](const char *key, const QVariant &value) {
        QTest::addRow("%s = %s", key, qPrintable(value.toString())) << QString::fromLatin1(key) << value;
    };
    row("refresh/interval", 1);
    row("refresh/interval", QStringLiteral("soon"));
    row("refresh/interval", QStringLiteral("-1000"));
    row("view/zoom", 100000);
    row("view/zoom", QStringLiteral("NaN"));
    row("view/tree", QStringLiteral("perhaps"));
    row("show/state", 7);
    row("show/tcp", QStringLiteral("2"));
    row("table/sort", QStringLiteral("no-such-column"));
    row("export/format", QStringLiteral("exe"));
    row("window/tree-and-table", QStringList{QStringLiteral("-5"), QStringLiteral("x")});
    row("window/tree-and-table", QStringList{QStringLiteral("0"), QStringLiteral("0")});
    row("window/table-and-details", QStringList{QStringLiteral("1"), QStringLiteral("2"), QStringLiteral("3")});
    row("window/geometry", QByteArray(100000, 'x'));
    row("table/columns", QStringList{QStringLiteral("no colon"), QStringLiteral(":::")});
    row("tree/columns", QStringList{QStringLiteral("300"), QStringLiteral("0")});
    row("details/folded", QStringList{QString(201, u'x'), QString()});
}

void SettingsTest::keepsWhatIsOutOfBoundsOut()
{
    QFETCH(const QString, key);
    QFETCH(const QVariant, value);
    QSettings settings(path("hostile.conf"), QSettings::IniFormat);
    settings.clear();
    writePreferences(settings, {});
    settings.setValue(key, value);
    QVERIFY(readPreferences(settings) == Preferences{});
}

void SettingsTest::survivesAnyGarbage()
{
    std::mt19937 random(2);
    {
        QSettings settings(path("garbage.conf"), QSettings::IniFormat);
        writePreferences(settings, {});
    }
    QFile file(path("garbage.conf"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    const QByteArray whole = file.readAll();
    file.close();
    for (int round = 0; round < 200; ++round) {
        QByteArray broken = whole;
        for (int hit = 0; hit < 6; ++hit)
            broken[std::uniform_int_distribution<qsizetype>(0, broken.size() - 1)(random)]
                = static_cast<char>(random());
        const QString name = m_folder.filePath(QStringLiteral("garbage-%1.conf").arg(round));
        QFile out(name);
        QVERIFY(out.open(QIODevice::WriteOnly));
        out.write(broken);
        out.close();
        const Preferences p = readFrom(name);
        QVERIFY(p.zoom >= -6 && p.zoom <= 14);
        QVERIFY(p.interval >= std::chrono::milliseconds(500) && p.interval <= std::chrono::seconds(10));
        QVERIFY(p.sortColumn.isEmpty() || columnById(p.sortColumn));
    }
}

void SettingsTest::columnsHaveRoomForWhatTheyCommonlyShow()
{
    const QFontMetrics metrics(QApplication::font());
    const ColumnLayout layout = defaultLayout(metrics);
    const std::pair<const char *, const char *> samples[]
        = {{"pid", "was: 30448"}, {"pid", "not recorded"}, {"fd", "mapped"}, {"fd", "hidden"},
            {"process", "systemd-resolve"}, {"user", "not recorded"}, {"local-port", "4294967295"},
            {"remote-port", "4294967295"}, {"state", "not described"}, {"remote-address", "255.255.255.255"}};
    for (const auto &[id, text] : samples)
        QVERIFY2(
            metrics.horizontalAdvance(QLatin1String(text)) + 2 * HeaderStyle::margin <= layout[columnIndex(id)].width,
            id);
}

void SettingsTest::repairsALayoutOfColumns()
{
    const QFontMetrics metrics(QApplication::font());
    const ColumnLayout standard = defaultLayout(metrics);
    const auto repaired = [&standard](const ColumnLayout &layout) { return socktree::repaired(layout, standard); };
    QCOMPARE(standard.size(), static_cast<qsizetype>(columns().size()));
    QVERIFY(repaired({}) == standard);
    QVERIFY(repaired({{"process", 50, false}}) == standard); // nothing would be visible

    const ColumnLayout whole = repaired({{"pid", 70, true}, {"gone", 10, true}, {"pid", 90, false}, {"rtt", -4, true}});
    QCOMPARE(whole.size(), standard.size());
    QVERIFY((whole[0] == ColumnPlace{"pid", 70, true}));
    QCOMPARE(whole[1].id, QByteArray("rtt"));
    QCOMPARE(whole[1].width, standard[columnIndex("rtt")].width);
}

QTEST_MAIN(SettingsTest)
#include "tst_settings.moc"
