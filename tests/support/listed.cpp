// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/listed.h"

#include "collector/decode/attribute.h"

#include <QtCore/QJsonArray>
#include <sys/socket.h>

namespace socktree::test {

Listed::Listed(const QJsonObject &list)
{
    for (const auto &row : list[u"sockets"].toArray())
        m_rows << row.toObject();
}

QList<QJsonObject> Listed::rowsOf(const QJsonObject &told) const
{
    QList<QJsonObject> found;
    const bool hasInode = told[u"inode"].toInteger() != 0;
    for (const QJsonObject &row : m_rows) {
        bool same = hasInode ? row[u"inode"] == told[u"inode"] : !row.contains(u"inode");
        for (const char *id : {"protocol", "local-address", "local-port", "remote-address", "remote-port"}) {
            if (!hasInode)
                same = same && row[QLatin1String(id)] == told[QLatin1String(id)];
        }
        if (same)
            found << row;
    }
    return found;
}

QList<HolderTold> holdersOf(const QJsonObject &row)
{
    QList<HolderTold> holders;
    for (const auto &value : row[u"holders"].toArray()) {
        const QJsonObject one = value.toObject();
        holders << HolderTold{bytesOfShown(one[u"process"].toString()), one[u"pid"].toInteger(),
            one[u"tid"].toInteger(one[u"pid"].toInteger()), one[u"fd"].toInteger(-1)};
    }
    return holders;
}

QJsonValue valueOf(const QJsonObject &row, const char *id)
{
    const QLatin1String key(id);
    return row.contains(key) ? row[key] : row[u"attributes"].toObject().value(key);
}

std::optional<quint64> numberOf(const QJsonObject &row, const char *id)
{
    const QJsonValue value = valueOf(row, id);
    if (value.isDouble())
        return static_cast<quint64>(value.toInteger());
    // Too large for a double, so written as text.
    bool isNumber = false;
    const quint64 number = value.toString().toULongLong(&isNumber);
    return isNumber ? std::optional(number) : std::nullopt;
}

bool isShownAs(const QJsonObject &row, const char *id, quint64 raw)
{
    if (const auto number = numberOf(row, id))
        return *number == raw;
    const auto family = row[u"protocol"] == QLatin1String("unix") ? AF_UNIX : AF_INET;
    const FieldRef ref = fieldById(id, static_cast<quint8>(family));
    if (!ref)
        return false;
    const QJsonValue shown = valueOf(row, id);
    if (const Sentinel *const sentinel = sentinelOf(*ref.field, raw))
        return shown == QLatin1String(sentinel->text);
    QJsonArray flags;
    for (const ValueName &name : ref.field->names) {
        if (name.value == raw && shown == QLatin1String(name.name))
            return true;
        if (name.value != 0 && (raw & name.value) == name.value)
            flags << QLatin1String(name.name);
    }
    return shown.isArray() && shown.toArray() == flags;
}

quint64 cookieOf(const QJsonObject &row)
{
    return row[u"cookie"].toString().toULongLong(nullptr, 16);
}

QByteArray bytesOfShown(const QString &shown)
{
    QByteArray bytes;
    for (qsizetype i = 0; i < shown.size(); ++i) {
        if (shown[i] != u'\\') {
            bytes += QString(shown[i]).toUtf8();
            continue;
        }
        const QChar kind = shown[++i];
        if (kind == u'x') {
            bytes += static_cast<char>(QStringView(shown).mid(i + 1, 2).toInt(nullptr, 16));
            i += 2;
        } else if (kind == u'u') {
            const qsizetype end = shown.indexOf(u'}', i);
            const char32_t point = QStringView(shown).mid(i + 2, end - i - 2).toUInt(nullptr, 16);
            bytes += QString::fromUcs4(&point, 1).toUtf8();
            i = end;
        } else {
            bytes += kind == u'n' ? '\n' : kind == u't' ? '\t' : '\\';
        }
    }
    return bytes;
}

} // namespace socktree::test
