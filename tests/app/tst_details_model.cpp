// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/details_model.h"

#include "tests/support/warnings.h"

#include <QtTest/QAbstractItemModelTester>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <random>

using namespace socktree;

class DetailsModelTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }
    void changesOnlyTheValueThatIsAnotherOne();
    void keepsAnIndexThroughLinesThatComeAndGo();
    void showsWhatItIsGivenThroughRandomChanges();
    void showsMarkupInATooltipAsItIs();
};

static DetailLine line(const char *name, const char *value = "", const char *meaning = "")
{
    return {QString::fromLatin1(name), QString::fromLatin1(value), QString::fromLatin1(meaning), QByteArray(name)};
}

static DetailGroup group(const char *title, std::vector<DetailLine> lines)
{
    return {QString::fromLatin1(title), std::move(lines)};
}

static QStringList contentOf(const DetailsModel &model)
{
    QStringList all;
    for (int g = 0; g < model.rowCount(); ++g) {
        const QModelIndex parent = model.index(g, 0);
        all << parent.data().toString();
        for (int row = 0; row < model.rowCount(parent); ++row)
            all << model.index(row, 0, parent).data().toString() + u'=' + model.index(row, 1, parent).data().toString();
    }
    return all;
}

static QStringList contentOf(const std::vector<DetailGroup> &groups)
{
    QStringList all;
    for (const DetailGroup &g : groups) {
        all << g.title;
        for (const DetailLine &each : g.lines)
            all << each.name + u'=' + each.value;
    }
    return all;
}

void DetailsModelTest::changesOnlyTheValueThatIsAnotherOne()
{
    DetailsModel model;
    model.show({group("TCP", {line("rtt", "1 ms"), line("cwnd", "10")})});
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    QSignalSpy inserted(&model, &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(&model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);

    model.show({group("TCP", {line("rtt", "1 ms"), line("cwnd", "11")})});
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed[0][0].toModelIndex().row(), 1);
    QCOMPARE(inserted.size() + removed.size() + reset.size(), 0);
}

void DetailsModelTest::keepsAnIndexThroughLinesThatComeAndGo()
{
    DetailsModel model;
    model.show({group("Socket", {line("uid", "0")}), group("TCP", {line("a"), line("rtt", "1 ms"), line("z")})});
    const QPersistentModelIndex rtt = model.index(1, DetailsModel::Value, model.index(1, 0));
    QCOMPARE(rtt.data().toString(), QStringLiteral("1 ms"));

    model.show({group("TCP", {line("new"), line("rtt", "2 ms"), line("end")})});
    QVERIFY(rtt.isValid());
    QCOMPARE(rtt.data().toString(), QStringLiteral("2 ms"));
    QCOMPARE(rtt.parent().data().toString(), QStringLiteral("TCP"));
}

void DetailsModelTest::showsWhatItIsGivenThroughRandomChanges()
{
    std::mt19937 random(7);
    const auto upTo = [&random](int most) { return std::uniform_int_distribution<int>(0, most)(random); };
    DetailsModel model;
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::Fatal);
    for (int round = 0; round < 400; ++round) {
        std::vector<DetailGroup> groups;
        for (int g = 0; g < 5; ++g) {
            if (upTo(3) == 0)
                continue;
            std::vector<DetailLine> lines;
            for (int l = 0; l < 8; ++l) {
                const QByteArray name = "line" + QByteArray::number(upTo(9) == 0 ? upTo(8) : l);
                if (upTo(2) != 0)
                    lines.push_back(line(name.constData(), QByteArray::number(upTo(2)).constData()));
            }
            groups.push_back(group(("group" + QByteArray::number(g)).constData(), std::move(lines)));
        }
        model.show(groups);
        QCOMPARE(contentOf(model), contentOf(groups));
    }
}

void DetailsModelTest::showsMarkupInATooltipAsItIs()
{
    DetailsModel model;
    model.show({group("Socket", {line("name", "<img src=x>", "a <b>name</b>")})});
    const QString tip = model.index(0, DetailsModel::Value, model.index(0, 0)).data(Qt::ToolTipRole).toString();
    QVERIFY2(!tip.contains(QStringLiteral("<img")) && tip.contains(QStringLiteral("&lt;img")), qPrintable(tip));
}

QTEST_MAIN(DetailsModelTest)
#include "tst_details_model.moc"
