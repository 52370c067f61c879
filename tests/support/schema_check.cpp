// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/schema_check.h"

#include <QtCore/QHash>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QRegularExpression>

#include <algorithm>
#include <cmath>
#include <utility>

namespace socktree::test {

namespace {

QString shown(const QJsonValue &value)
{
    const QByteArray text = QJsonDocument(QJsonArray{value}).toJson(QJsonDocument::Compact);
    return QString::fromUtf8(text.mid(1, text.size() - 2).left(80));
}

bool isOfType(const QJsonValue &value, const QString &type)
{
    if (type == QLatin1String("object"))
        return value.isObject();
    if (type == QLatin1String("array"))
        return value.isArray();
    if (type == QLatin1String("string"))
        return value.isString();
    if (type == QLatin1String("boolean"))
        return value.isBool();
    if (type == QLatin1String("number"))
        return value.isDouble();
    return type == QLatin1String("integer") && value.isDouble() && value.toDouble() == std::floor(value.toDouble());
}

class Check
{
public:
    explicit Check(const QJsonObject &root) : m_defs(root[u"$defs"].toObject()) { }

    void value(const QJsonObject &schema, const QJsonValue &value, const QString &place)
    {
        constexpr qsizetype enough = 20;
        for (auto one = schema.begin(); one != schema.end() && found.size() < enough; ++one)
            keyword(schema, one.key(), one.value(), value, place);
    }

    QStringList found;

private:
    void keyword(const QJsonObject &schema, const QString &key, const QJsonValue &argument, const QJsonValue &value,
        const QString &place)
    {
        const auto demand = [&](bool good) {
            if (!good)
                found
                    += QStringLiteral("%1: %2 is not as %3 has it: %4").arg(place, shown(value), key, shown(argument));
        };
        if (key == QLatin1String("$ref")) {
            const QString name = argument.toString().mid(8); // after #/$defs/
            if (!argument.toString().startsWith(QLatin1String("#/$defs/")) || !m_defs.contains(name))
                found += QStringLiteral("the schema refers to nothing: ") + shown(argument);
            else
                this->value(m_defs[name].toObject(), value, place);
        } else if (key == QLatin1String("type")) {
            demand(isOfType(value, argument.toString()));
        } else if (key == QLatin1String("const")) {
            demand(value == argument);
        } else if (key == QLatin1String("enum")) {
            demand(argument.toArray().contains(value));
        } else if (key == QLatin1String("anyOf")) {
            demand(isAny(argument.toArray(), value, place));
        } else if (key == QLatin1String("minimum")) {
            demand(!value.isDouble() || value.toDouble() >= argument.toDouble());
        } else if (key == QLatin1String("maximum")) {
            demand(!value.isDouble() || value.toDouble() <= argument.toDouble());
        } else if (key == QLatin1String("pattern")) {
            demand(!value.isString() || pattern(argument.toString()).match(value.toString()).hasMatch());
        } else if (key == QLatin1String("required")) {
            for (const auto &id : argument.toArray())
                if (value.isObject() && !value.toObject().contains(id.toString()))
                    found += QStringLiteral("%1: %2 is missing").arg(place, id.toString());
        } else if (key == QLatin1String("properties")) {
            const QJsonObject properties = argument.toObject(), object = value.toObject();
            for (auto one = object.begin(); one != object.end(); ++one)
                if (properties.contains(one.key()))
                    this->value(properties[one.key()].toObject(), one.value(), place + u'/' + one.key());
        } else if (key == QLatin1String("additionalProperties")) {
            others(schema, argument, value.toObject(), place);
        } else if (key == QLatin1String("propertyNames")) {
            for (const QString &name : value.toObject().keys())
                this->value(argument.toObject(), name, place + u'/' + name);
        } else if (key == QLatin1String("items")) {
            qsizetype index = 0;
            for (const auto &item : value.toArray())
                this->value(argument.toObject(), item, place + u'/' + QString::number(index++));
        } else if (!key.startsWith(QLatin1String("x-")) && !annotations().contains(key)) {
            found += QStringLiteral("the schema has a keyword that is not checked: ") + key;
        }
    }

    /// Of properties that are not named.
    void others(const QJsonObject &schema, const QJsonValue &argument, const QJsonObject &object, const QString &place)
    {
        const QJsonObject named = schema[u"properties"].toObject();
        for (auto one = object.begin(); one != object.end(); ++one) {
            if (named.contains(one.key()))
                continue;
            if (argument.isBool() && !argument.toBool())
                found += QStringLiteral("%1: %2 is not in the schema").arg(place, one.key());
            else if (argument.isObject())
                value(argument.toObject(), one.value(), place + u'/' + one.key());
        }
    }

    bool isAny(const QJsonArray &schemas, const QJsonValue &tried, const QString &place)
    {
        const QStringList before = std::exchange(found, {});
        const bool any = std::any_of(schemas.begin(), schemas.end(), [&](const auto &schema) {
            found.clear();
            value(schema.toObject(), tried, place);
            return found.isEmpty();
        });
        found = before;
        return any;
    }

    const QRegularExpression &pattern(const QString &text)
    {
        QRegularExpression &made = m_patterns[text];
        if (made.pattern().isEmpty())
            made.setPattern(text);
        return made;
    }

    static const QStringList &annotations()
    {
        static const QStringList keys{QStringLiteral("$schema"), QStringLiteral("$comment"), QStringLiteral("$defs"),
            QStringLiteral("title"), QStringLiteral("description")};
        return keys;
    }

    QJsonObject m_defs;
    QHash<QString, QRegularExpression> m_patterns;
};

} // namespace

QStringList schemaComplaints(const QJsonObject &schema, const QJsonValue &value)
{
    Check check(schema);
    check.value(schema, value, QString());
    return check.found;
}

} // namespace socktree::test
