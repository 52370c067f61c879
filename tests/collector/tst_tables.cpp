// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/attribute.h"
#include "tests/support/warnings.h"

#include <QtCore/QHash>
#include <QtCore/QRegularExpression>
#include <QtCore/QSet>
#include <QtTest/QTest>

#include <netinet/in.h>
#include <sys/socket.h>

#include <numeric>

using namespace socktree;

namespace {

struct Found {
    QByteArray table;
    std::span<const Field> fields;
    std::size_t size; ///< 0: not bounded
};

void collect(
    QList<Found> &structs, QList<const Attribute *> &lines, QByteArray path, std::span<const Attribute> attributes)
{
    for (const Attribute &attribute : attributes) {
        lines.append(&attribute);
        if (!attribute.fields.empty())
            structs.append({path + '/' + attribute.id, attribute.fields, attribute.elementSize});
        collect(structs, lines, path + '/' + attribute.id, attribute.nest);
    }
}

/// Every struct and every attribute line of all tables.
struct Everything {
    QList<Found> structs;
    QList<const Attribute *> lines;
    Everything()
    {
        for (const AttributeTable &table : allTables()) {
            const QByteArray name = table.name;
            structs.append({name, table.fixed, fixedSizeOf(table.family)});
            collect(structs, lines, name, table.attributes);
        }
    }
};

bool isId(const char *id)
{
    static const QRegularExpression pattern(QStringLiteral("^[a-z][a-z0-9]*(\\.[a-z0-9]+(-[a-z0-9]+)*)$"));
    return pattern.match(QLatin1String(id)).hasMatch();
}

bool isVersion(const char *version)
{
    static const QRegularExpression pattern(QStringLiteral("^([0-9]+\\.[0-9]+(\\.[0-9]+)?)?$"));
    return pattern.match(QLatin1String(version)).hasMatch();
}

bool isMeaning(const char *meaning)
{
    const QByteArray text(meaning);
    return text.size() > 3 && !text.endsWith('.') && text == text.trimmed() && !text.contains('\n');
}

/// Kernels of two times lay these bytes out in two ways.
bool areAlternatives(const Field &a, const Field &b)
{
    return (*a.until != 0) != (*b.until != 0);
}

/// One field of several protocols, whose values each of them names in its own way.
bool areAtOnePlace(const Field &a, const Field &b)
{
    return a.offset == b.offset && a.type == b.type && a.shift == b.shift && a.width == b.width && a.unit == b.unit;
}

bool overlap(const Field &a, const Field &b)
{
    if (a.offset == b.offset && a.type == b.type && a.width && b.width)
        return a.shift < b.shift + b.width && b.shift < a.shift + a.width;
    return a.offset < b.offset + sizeOf(b) && b.offset < a.offset + sizeOf(a);
}

} // namespace

class tst_tables : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void sortsFieldsByTheirPlace()
    {
        for (const Found &found : Everything().structs)
            for (std::size_t i = 1; i < found.fields.size(); ++i) {
                const Field &a = found.fields[i - 1], &b = found.fields[i];
                const bool sorted
                    = a.offset < b.offset || (a.offset == b.offset && a.shift < b.shift) || areAlternatives(a, b);
                QVERIFY2(sorted, (found.table + ' ' + b.id).constData());
            }
    }

    void letsNoFieldsOverlapButLayoutsOfTwoTimes()
    {
        for (const Found &found : Everything().structs)
            for (std::size_t i = 0; i < found.fields.size(); ++i)
                for (std::size_t k = i + 1; k < found.fields.size(); ++k) {
                    const Field &a = found.fields[i], &b = found.fields[k];
                    QVERIFY2(
                        !overlap(a, b) || areAlternatives(a, b), (found.table + ' ' + a.id + ' ' + b.id).constData());
                }
    }

    void keepsFieldsWithinTheirStruct()
    {
        for (const Found &found : Everything().structs)
            for (const Field &field : found.fields) {
                QVERIFY2(found.size == 0 || field.offset + sizeOf(field) <= found.size, field.id);
                QVERIFY2(field.shift + field.width <= sizeOf(field) * 8, field.id);
                QVERIFY2(sizeOf(field) > 0 && (field.type == FieldType::Chars) == (field.length > 0), field.id);
            }
    }

    void givesEveryFieldItsOwnId()
    {
        // Several tables may share a struct; then it is the very same field, or at least one at the same place.
        QHash<QByteArray, const Field *> seen;
        for (const Found &found : Everything().structs) {
            QHash<QByteArray, const Field *> here;
            for (const Field &field : found.fields) {
                const Field *&other = seen[field.id];
                QVERIFY2(!other || areAlternatives(*other, field) || areAtOnePlace(*other, field), field.id);
                other = &field;
                const Field *&twin = here[field.id];
                QVERIFY2(!twin || areAlternatives(*twin, field), field.id);
                twin = &field;
            }
        }
    }

    void givesEveryAttributeOfATableItsOwnIdAndNumber()
    {
        for (const AttributeTable &table : allTables()) {
            QList<Found> structs;
            QList<const Attribute *> lines;
            collect(structs, lines, "", table.attributes);
            QSet<QByteArray> ids;
            for (const Attribute *line : lines) {
                QVERIFY2(!ids.contains(line->id), line->id);
                ids.insert(line->id);
            }
        }
        for (const Attribute *line : Everything().lines)
            for (std::size_t i = 1; i < line->nest.size(); ++i)
                QVERIFY2(line->nest[i - 1].number < line->nest[i].number, line->nest[i].id);
        for (const AttributeTable &table : allTables())
            for (std::size_t i = 1; i < table.attributes.size(); ++i)
                QVERIFY2(table.attributes[i - 1].number < table.attributes[i].number, table.attributes[i].id);
    }

    void namesAFieldAndAnAttributeAlikeOnlyIfTheOneIsAllOfTheOther()
    {
        QHash<QByteArray, const Field *> fields;
        for (const Found &found : Everything().structs)
            for (const Field &field : found.fields)
                fields.insert(field.id, &field);
        for (const Attribute *line : Everything().lines)
            if (const Field *field = fields.value(line->id))
                QVERIFY2(line->fields.size() == 1 && line->fields.data() == field, line->id);
    }

    void saysOfEveryFieldWhatItIs()
    {
        for (const Found &found : Everything().structs)
            for (const Field &field : found.fields) {
                QVERIFY2(isId(field.id), field.id);
                QVERIFY2(*field.name, field.id);
                QVERIFY2(isMeaning(field.meaning), field.id);
                QVERIFY2(isVersion(field.since) && isVersion(field.until), field.id);
                QVERIFY2((field.naming == Naming::Numbers) == field.names.empty(), field.id);
                for (const ValueName &name : field.names)
                    QVERIFY2(*name.name && (field.naming != Naming::Flags || name.value), field.id);
                for (const Sentinel &sentinel : field.sentinels)
                    QVERIFY2(*sentinel.text, field.id);
            }
    }

    void saysOfEveryAttributeWhatItIs()
    {
        for (const Attribute *line : Everything().lines) {
            QVERIFY2(isId(line->id), line->id);
            QVERIFY2(*line->name, line->id);
            QVERIFY2(isMeaning(line->meaning), line->id);
            QVERIFY2(*line->since && isVersion(line->since), line->id);
            const bool isSet = line->payload == Payload::BitSet;
            const bool hasFields = line->payload == Payload::Struct || line->payload == Payload::Array || isSet;
            QVERIFY2(hasFields == !line->fields.empty(), line->id);
            QVERIFY2((line->payload == Payload::Nest) == !line->nest.empty(), line->id);
            const bool hasElements = line->payload == Payload::Array || line->payload == Payload::Secret || isSet;
            QVERIFY2(hasElements == (line->elementSize != 0), line->id);
        }
    }

    void hasEveryAttributeOfTheKernel()
    {
        const auto numbers = [](quint8 family, quint16 protocol) {
            QList<int> result;
            for (const Attribute &attribute : attributesOf(family, protocol))
                result.append(attribute.number);
            return result;
        };
        const auto run = [](int first, int count) {
            QList<int> result(count);
            std::iota(result.begin(), result.end(), first);
            return result;
        };
        const QList<int> inet = run(1, 22), unix = run(0, 8);
        QCOMPARE(numbers(AF_INET, IPPROTO_TCP), inet);
        QCOMPARE(numbers(AF_INET6, IPPROTO_TCP), inet);
        QCOMPARE(numbers(AF_INET6, IPPROTO_UDP), inet);
        for (const quint16 protocol : QList<quint16>{262, 132, 136, 255, 33, 1})
            QCOMPARE(numbers(AF_INET6, protocol), inet);
        QCOMPARE(numbers(AF_UNIX, 0), unix);
        QCOMPARE(numbers(AF_PACKET, 0), run(0, 8));
        QCOMPARE(numbers(AF_NETLINK, 0), run(0, 5));
        QCOMPARE(numbers(AF_VSOCK, 0), QList<int>());
        QCOMPARE(numbers(AF_XDP, 0), run(1, 9));
        QCOMPARE(numbers(AF_SMC, 0), run(1, 5));
        QCOMPARE(numbers(AF_TIPC, 0), QList<int>{2});
    }

    void findsEveryTopLevelFieldById()
    {
        for (const AttributeTable &table : allTables()) {
            for (const Field &field : table.fixed) {
                const FieldRef ref = fieldById(field.id, table.family, table.protocol);
                QVERIFY2(ref && areAtOnePlace(*ref.field, field) && !ref.attribute, field.id);
            }
            for (const Attribute &attribute : table.attributes)
                for (const Field &field : attribute.fields) {
                    FieldRef found;
                    for (const auto layout :
                        {TcpInfoLayout::Undecided, TcpInfoLayout::U16Pair, TcpInfoLayout::BitFields})
                        if (const FieldRef ref = fieldById(field.id, table.family, table.protocol, layout);
                            ref && areAtOnePlace(*ref.field, field))
                            found = ref;
                    QVERIFY2(found && found.attribute->number == attribute.number, field.id);
                }
        }
    }
};

QTEST_GUILESS_MAIN(tst_tables)
#include "tst_tables.moc"
