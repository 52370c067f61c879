// SPDX-License-Identifier: GPL-3.0-or-later
// Every attribute of every table at the length it has, one byte short and one byte long: what is whole is there, what
// is not is absent and kept.
#include "collector/decode/attribute.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <sys/socket.h>

#include <algorithm>
#include <set>

using namespace socktree;
using socktree::test::viewOf;

namespace {

/// Where an attribute stands: its table, and the nests around it, outermost first.
struct Place {
    const AttributeTable *table;
    std::vector<const Attribute *> nests;
    const Attribute *attribute;
};

void collect(std::vector<Place> &places, const Place &around, std::span<const Attribute> attributes)
{
    for (const Attribute &attribute : attributes) {
        Place place = around;
        place.attribute = &attribute;
        places.push_back(place);
        place.nests.push_back(&attribute);
        collect(places, place, attribute.nest);
    }
}

std::vector<Place> everyPlace()
{
    std::vector<Place> places;
    for (const AttributeTable &table : allTables())
        collect(places, {&table, {}, nullptr}, table.attributes);
    return places;
}

QByteArray messageOf(const Place &place, const QByteArray &payload)
{
    QByteArray bytes = test::attribute(place.attribute->number, payload);
    for (auto nest = place.nests.rbegin(); nest != place.nests.rend(); ++nest)
        bytes = test::attribute((*nest)->number, bytes);
    if (place.table->record == Record::Association && place.attribute->number != 13)
        bytes += test::attribute(13, test::socketAddress(AF_INET, "10.0.0.1", 1));
    QByteArray fixed(qsizetype(fixedSizeOf(place.table->family)), '\0');
    if (!fixed.isEmpty())
        fixed[0] = char(place.table->family);
    return fixed + bytes;
}

/// A decoded message and the attribute in question. Keeps the bytes that views point into.
struct Decoded {
    QByteArray bytes;
    DecodedMessage message;
    const DecodedAttribute *attribute = nullptr;

    Decoded(const Place &place, const QByteArray &payload, TcpInfoLayout layout)
        : bytes(messageOf(place, payload)),
          message(decodeMessage(place.table->family, place.table->protocol, viewOf(bytes), layout))
    {
        const auto *level = &message.attributes;
        for (std::size_t depth = 0; !level->empty(); ++depth) {
            attribute = &level->front();
            if (depth == place.nests.size())
                return;
            level = &attribute->nested;
        }
        attribute = nullptr;
    }
    Decoded(const Decoded &) = delete;
};

/// Bytes of no zeros, which no padding is.
QByteArray filled(std::size_t size)
{
    return QByteArray(qsizetype(size), '\x01');
}

bool isOf(TcpInfoLayout layout, const Attribute &attribute, const Field &field)
{
    const bool isTcp = QByteArrayView(attribute.fields.front().id) == "tcp.state";
    return !isTcp || field.offset < 276 || layout == (*field.until ? TcpInfoLayout::U16Pair : TcpInfoLayout::BitFields);
}

/// The fields that a struct of this many bytes has.
std::set<const Field *> expected(const Attribute &attribute, std::size_t size, TcpInfoLayout layout)
{
    std::set<const Field *> fields;
    for (const Field &field : attribute.fields)
        if (isOf(layout, attribute, field) && field.offset + sizeOf(field) <= size && field.structSize <= size)
            fields.insert(&field);
    return fields;
}

std::set<const Field *> found(const DecodedAttribute &decoded, quint32 element = 0)
{
    std::set<const Field *> fields;
    for (const DecodedField &field : decoded.fields)
        if (field.element == element)
            fields.insert(field.field);
    return fields;
}

std::size_t endOf(const std::set<const Field *> &fields)
{
    std::size_t end = 0;
    for (const Field *field : fields)
        end = std::max(end, field->offset + sizeOf(*field));
    return end;
}

std::size_t sizeOf(const Attribute &attribute)
{
    std::size_t size = 0;
    for (const Field &field : attribute.fields)
        size = std::max({size, field.offset + socktree::sizeOf(field), std::size_t(field.structSize)});
    return size;
}

} // namespace

class tst_attribute_lengths : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsStructsAtEachLength_data()
    {
        QTest::addColumn<int>("index");
        const auto places = everyPlace();
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].attribute->payload == Payload::Struct)
                QTest::addRow("%s %s", places[i].table->name, places[i].attribute->id) << int(i);
    }
    void readsStructsAtEachLength()
    {
        QFETCH(int, index);
        const Place place = everyPlace()[std::size_t(index)];
        const std::size_t whole = sizeOf(*place.attribute);
        for (const TcpInfoLayout layout : {TcpInfoLayout::U16Pair, TcpInfoLayout::BitFields}) {
            // Every length up to the whole is that of some kernel, or of a message cut short.
            for (std::size_t size = 0; size <= whole + 1; ++size) {
                const Decoded decoded(place, filled(size), layout);
                QVERIFY(decoded.attribute);
                QCOMPARE(decoded.attribute->attribute->number, place.attribute->number);
                const auto fields = expected(*place.attribute, size, layout);
                QVERIFY2(found(*decoded.attribute) == fields, qPrintable(QString::number(size)));
                QCOMPARE(decoded.attribute->unknownTail.size(), size - endOf(fields));
                QCOMPARE(decoded.attribute->payload.size(), size);
                QVERIFY(decoded.message.malformed.empty());
            }
        }
    }

    void readsListsAtEachLength_data()
    {
        QTest::addColumn<int>("index");
        const auto places = everyPlace();
        for (std::size_t i = 0; i < places.size(); ++i)
            if (places[i].attribute->payload == Payload::Array)
                QTest::addRow("%s %s", places[i].table->name, places[i].attribute->id) << int(i);
    }
    void readsListsAtEachLength()
    {
        QFETCH(int, index);
        const Place place = everyPlace()[std::size_t(index)];
        const std::size_t one = place.attribute->elementSize;
        QCOMPARE(sizeOf(*place.attribute), one); // the fields fill an element
        const auto fields = expected(*place.attribute, one, TcpInfoLayout::Undecided);
        for (const std::size_t size : {std::size_t(0), one - 1, one, one + 1, 2 * one - 1, 2 * one, 3 * one}) {
            const Decoded decoded(place, filled(size), TcpInfoLayout::Undecided);
            QVERIFY(decoded.attribute);
            QCOMPARE(decoded.attribute->elements, quint32(size / one));
            QCOMPARE(decoded.attribute->fields.size(), size / one * fields.size());
            for (quint32 element = 0; element < size / one; ++element)
                QVERIFY(found(*decoded.attribute, element) == fields);
            QCOMPARE(decoded.attribute->unknownTail.size(), size % one);
        }
    }

    /// Flags and fillers hold nothing: what came all the same is kept.
    void keepsWhatCameInFlags()
    {
        int flags = 0;
        for (const Place &place : everyPlace()) {
            if (place.attribute->payload != Payload::Flag && place.attribute->payload != Payload::Padding)
                continue;
            ++flags;
            for (const std::size_t size : {std::size_t(0), std::size_t(1)}) {
                const Decoded decoded(place, filled(size), TcpInfoLayout::Undecided);
                QVERIFY2(decoded.attribute && decoded.attribute->attribute->number == place.attribute->number,
                    place.attribute->id);
                QCOMPARE(decoded.attribute->unknownTail.size(), size);
            }
        }
        QVERIFY(flags > 15);
    }

    /// Fixed parts: cut anywhere, what is whole is there and the rest is kept.
    void readsFixedPartsAtEachLength()
    {
        for (const AttributeTable &table : allTables()) {
            const std::size_t size = fixedSizeOf(table.family);
            QCOMPARE(table.fixed.empty(), size == 0);
            for (std::size_t length = 1; length <= size; ++length) {
                QByteArray bytes = filled(length);
                bytes[0] = char(table.family);
                const DecodedMessage decoded = decodeMessage(table.family, table.protocol, viewOf(bytes));
                std::size_t count = 0, end = 0;
                for (const Field &field : table.fixed) {
                    if (field.offset + socktree::sizeOf(field) > length)
                        continue;
                    ++count;
                    end = field.offset + socktree::sizeOf(field);
                }
                QCOMPARE(decoded.fixed.size(), count);
                QVERIFY(decoded.attributes.empty());
                QCOMPARE(decoded.malformed.size(), length == size ? 0 : length - end);
            }
        }
    }
};

QTEST_GUILESS_MAIN(tst_attribute_lengths)
#include "tst_attribute_lengths.moc"
