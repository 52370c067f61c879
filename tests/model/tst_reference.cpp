// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_net.h"
#include "model/export/delimited.h"
#include "model/field_help.h"
#include "model/reference/reference.h"
#include "model/reference/reference_writer.h"
#include "tests/support/csv_reader.h"
#include "tests/support/warnings.h"

#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <algorithm>

using namespace socktree;
using namespace socktree::test;

namespace {

QByteArray written(ReferenceFormat format)
{
    QByteArray bytes;
    const bool whole = writeReference(format, [&](QByteArrayView piece) {
        bytes += piece;
        return true;
    });
    return whole ? bytes : QByteArray("stopped");
}

const ReferenceFact &fact(const char *id)
{
    const auto all = referenceFacts();
    return *std::find_if(
        all.begin(), all.end(), [&](const ReferenceFact &one) { return QByteArrayView(one.id) == id; });
}

/// A fact of the line of a field or attribute, or of a column.
QString told(const char *id, const char *what, const char *fact_)
{
    for (const ReferenceLine &line : reference())
        if (QByteArrayView(line.id()) == id && fact("what").text(line) == QLatin1String(what))
            return fact(fact_).text(line);
    return QStringLiteral("(no line)");
}

void collect(QSet<const void *> &all, std::span<const Attribute> attributes)
{
    for (const Attribute &attribute : attributes) {
        for (const Field &field : attribute.fields)
            all += &field;
        collect(all, attribute.nest);
    }
}

} // namespace

class TestReference : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void hasEveryFieldOfEveryTableOnce()
    {
        QSet<const void *> fields, seen;
        for (const AttributeTable &table : allTables()) {
            for (const Field &field : table.fixed)
                fields += &field;
            collect(fields, table.attributes);
        }
        QSet<QString> keys;
        std::size_t columnLines = 0;
        for (const ReferenceLine &line : reference()) {
            if (line.field)
                seen += line.field;
            columnLines += line.column ? 1 : 0;
            QCOMPARE(line.tables.isEmpty(), line.column != nullptr);
            QString key;
            for (const ReferenceFact &one : referenceFacts())
                key += one.text(line) + u'|';
            QVERIFY2(!keys.contains(key), qPrintable(key));
            keys += key;
        }
        QCOMPARE(seen, fields);
        QCOMPARE(columnLines, columns().size());
    }

    void tellsWhatThereIsToKnow()
    {
        QCOMPARE(told("tcp.rtt", "field", "unit"), QStringLiteral("microseconds"));
        QCOMPARE(told("tcp.rtt", "field", "sentinels"), QStringLiteral("0 = not measured"));
        QCOMPARE(told("tcp.rtt", "field", "attribute"), QStringLiteral("INET_DIAG_INFO"));
        QCOMPARE(told("tcp.snd-ssthresh", "field", "sentinels"), QStringLiteral("2147483647 or more = infinite"));
        QCOMPARE(told("tcp.snd-wscale", "field", "type"), QStringLiteral("u8, bits 0 to 3"));
        QCOMPARE(told("tcp.bytes-sent", "field", "kind"), QStringLiteral("counter"));
        QCOMPARE(told("inet.shutdown", "field", "values"), QStringLiteral("0x1=receive 0x2=send"));
        QCOMPARE(told("inet.mark", "attribute", "needs"), QStringLiteral("CAP_NET_ADMIN"));
        QCOMPARE(told("inet.mark", "field", "needs"), QStringLiteral("CAP_NET_ADMIN"));
        QCOMPARE(told("inet.mark", "attribute", "number"), QStringLiteral("15"));
        QCOMPARE(told("tls.version", "field", "attribute"),
            QStringLiteral("INET_DIAG_ULP_INFO/INET_ULP_INFO_TLS/TLS_INFO_VERSION"));
        QCOMPARE(told("unix.peer", "field", "tables"), QStringLiteral("unix"));
        QVERIFY(told("mem.rcvbuf", "field", "tables").split(u' ').contains(QStringLiteral("tcp")));
        QCOMPARE(told("mark", "column", "needs"), QStringLiteral("CAP_NET_ADMIN"));
        QCOMPARE(told("rtt", "column", "asks"), QStringLiteral("tcp-info"));
        QCOMPARE(told("pid", "column", "name"), QStringLiteral("PID"));
    }

    void readsTheSameInEveryFormat()
    {
        const std::vector<ReferenceLine> lines = reference();
        const auto csv = readCsv(written(ReferenceFormat::Csv));
        QVERIFY(csv);
        QCOMPARE(csv->size(), lines.size() + 1);
        const QList<QByteArray> tsv = written(ReferenceFormat::Tsv).split('\n');
        const QJsonObject json = QJsonDocument::fromJson(written(ReferenceFormat::Json)).object();
        QCOMPARE(json[u"schema"].toString(), QStringLiteral("socktree-fields/1"));
        const QJsonArray fields = json[u"fields"].toArray();
        QCOMPARE(static_cast<std::size_t>(fields.size()), lines.size());
        for (std::size_t i = 0; i < lines.size(); ++i) {
            QStringList cells;
            const QJsonObject object = fields[static_cast<qsizetype>(i)].toObject();
            for (const ReferenceFact &one : referenceFacts()) {
                const QString cell = one.text(lines[i]);
                cells += cell;
                const QJsonValue value = object[QLatin1String(one.id)];
                QCOMPARE(value.isUndefined(), cell.isEmpty());
                if (one.numeric && !cell.isEmpty())
                    QCOMPARE(value.toInteger(-1), cell.toLongLong());
                else if (!cell.isEmpty() && !value.isArray())
                    QCOMPARE(value.toString(), cell);
            }
            QCOMPARE((*csv)[i + 1], cells);
            QCOMPARE(QString::fromUtf8(tsv[static_cast<qsizetype>(i) + 1]), cells.join(u'\t'));
        }
    }

    void tellsOfColumnsOfFiles()
    {
        const std::vector<ReferenceLine> lines = reference();
        const auto found = std::find_if(lines.begin(), lines.end(),
            [](const ReferenceLine &line) { return line.id() == QByteArrayView("proc-tcp.rto"); });
        QVERIFY(found != lines.end());
        QCOMPARE(found->tables, (QStringList{QStringLiteral("net/tcp"), QStringLiteral("net/tcp6")}));
        QCOMPARE(fact("what").text(*found), QStringLiteral("text"));
        QCOMPARE(fact("unit").text(*found), QStringLiteral("milliseconds"));
        QCOMPARE(fact("kind").text(*found), QStringLiteral("gauge"));
        QCOMPARE(fact("name").text(*found), QStringLiteral("rto"));
        QVERIFY(!fact("meaning").text(*found).isEmpty());
        for (int i = 0; i < procNetFiles; ++i)
            for (const TextField *text : textFieldsOf(static_cast<ProcNetFile>(i)))
                QVERIFY2(std::any_of(lines.begin(), lines.end(),
                             [&](const ReferenceLine &line) {
                                 return line.text == text
                                     && line.tables.contains(
                                         QLatin1String("net/") + QLatin1String(pathOf(static_cast<ProcNetFile>(i))));
                             }),
                    text->id);
    }

    void alignsItsColumnsForATerminal()
    {
        const QList<QByteArray> lines = written(ReferenceFormat::Text).split('\n');
        QCOMPARE(static_cast<std::size_t>(lines.size()), reference().size() + 2);
        QVERIFY(lines.last().isEmpty());
        const qsizetype meaning = lines.first().indexOf("meaning");
        QVERIFY(meaning > 0 && meaning < 120);
        for (const QByteArray &line : lines.mid(0, lines.size() - 1)) {
            QVERIFY2(line.size() > meaning && line[meaning] != ' ' && line[meaning - 1] == ' ', line.constData());
            QVERIFY(!line.endsWith(' '));
        }
    }

    void stopsWhenTheTargetFails()
    {
        for (const ReferenceFormatName &one : referenceFormats())
            QVERIFY(!writeReference(one.format, [](QByteArrayView) { return false; }));
    }

    void helpsWithTheSameWords()
    {
        for (const ReferenceLine &line : reference()) {
            if (line.column)
                continue;
            if (line.text) {
                QCOMPARE(textFieldHelp(*line.text).section(u'\n', 0, 0), fact("meaning").text(line));
                continue;
            }
            const QString help = line.field ? fieldHelp(*line.field, line.attribute) : attributeHelp(*line.attribute);
            QCOMPARE(help.section(u'\n', 0, 0), fact("meaning").text(line));
            for (const char *id : {"unit", "since", "until", "needs"})
                QVERIFY2(help.contains(fact(id).text(line)), line.id());
        }
    }
};

QTEST_GUILESS_MAIN(TestReference)
#include "tst_reference.moc"
