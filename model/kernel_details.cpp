// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/kernel_details.h"

#include "model/decoded_row.h"
#include "model/field_help.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QMap>
#include <QtCore/QStringList>

#include <algorithm>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

/// The part of an id before the dot is the struct; these have titles of their own, others show it as it is.
QString titleOf(const QByteArray &structId)
{
    static constexpr struct {
        const char *id, *title;
    } titles[] = {{"inet", QT_TRANSLATE_NOOP("Details", "Kernel record")},
        {"unix", QT_TRANSLATE_NOOP("Details", "Kernel record")}, {"tcp", QT_TRANSLATE_NOOP("Details", "TCP")},
        {"mem", QT_TRANSLATE_NOOP("Details", "Memory")},
        {"meminfo", QT_TRANSLATE_NOOP("Details", "Memory, as older kernels tell it")},
        {"sockopt", QT_TRANSLATE_NOOP("Details", "Options")},
        {"vegas", QT_TRANSLATE_NOOP("Details", "Congestion control that measures delay")},
        {"dctcp", QT_TRANSLATE_NOOP("Details", "Congestion control DCTCP")},
        {"bbr", QT_TRANSLATE_NOOP("Details", "Congestion control BBR")},
        {"ulp", QT_TRANSLATE_NOOP("Details", "Upper layer protocol")}, {"tls", QT_TRANSLATE_NOOP("Details", "TLS")},
        {"mptcp", QT_TRANSLATE_NOOP("Details", "MPTCP subflow")}, {"mptcpinfo", QT_TRANSLATE_NOOP("Details", "MPTCP")},
        {"sctp", QT_TRANSLATE_NOOP("Details", "SCTP")}, {"dccp", QT_TRANSLATE_NOOP("Details", "DCCP")},
        {"packet", QT_TRANSLATE_NOOP("Details", "Kernel record")},
        {"netlink", QT_TRANSLATE_NOOP("Details", "Kernel record")},
        {"vsock", QT_TRANSLATE_NOOP("Details", "Kernel record")},
        {"xdp", QT_TRANSLATE_NOOP("Details", "Kernel record")}, {"smc", QT_TRANSLATE_NOOP("Details", "Kernel record")},
        {"tipc", QT_TRANSLATE_NOOP("Details", "Kernel record")}, {"bpf", QT_TRANSLATE_NOOP("Details", "BPF storage")}};
    for (const auto &title : titles)
        if (structId == title.id)
            return tr(title.title);
    return QString::fromLatin1(structId);
}

/// What the kernel leaves 0 in this state; such a zero measures nothing.
bool isFiller(const Socket &socket, const DecodedField &decoded)
{
    return !appliesIn(*decoded.field, socket.state) && isNumber(decoded.field->type) && decoded.raw == 0;
}

class Walk
{
public:
    Walk(std::vector<DetailGroup> &groups, const Socket &socket) : m_groups(groups), m_socket(socket) { }

    /// @p in is the attribute that holds them, null for the fixed part.
    void fields(const std::vector<DecodedField> &decoded, const Attribute *in = nullptr, quint32 elements = 0)
    {
        for (const DecodedField &one : decoded) {
            if (isFiller(m_socket, one))
                continue;
            const Field &field = *one.field;
            QString name = QString::fromUtf8(field.name);
            if (elements)
                name += QStringLiteral("[%1]").arg(one.element);
            add(field.id, name,
                isNumber(field.type) ? spelled(field, one.raw, m_socket.state) : bytesText(field, one.bytes),
                QStringLiteral("%1\n%2: %3").arg(fieldHelp(field, in), tr("raw value"), raw(one)));
        }
    }

    void attribute(const DecodedAttribute &decoded)
    {
        if (!decoded.attribute) {
            unknown(tr("attribute %1").arg(decoded.number), decoded.payload, tr("No table knows this attribute."));
            return;
        }
        const Attribute &known = *decoded.attribute;
        const auto whole = [&](const QString &value) {
            add(known.id, QString::fromLatin1(afterDot(known.id)), value, attributeHelp(known));
        };
        if (*known.empty && decoded.payload.empty()) {
            whole(tr(known.empty));
            return;
        }
        switch (known.payload) {
        case Payload::Struct: fields(decoded.fields, &known); break;
        case Payload::Array: fields(decoded.fields, &known, decoded.elements); break;
        case Payload::BitSet: whole(numbers(decoded)); break;
        case Payload::Text: whole(visible(decoded.text)); break;
        case Payload::Name: whole(unixName(decoded.text)); break;
        case Payload::Flag: whole(tr("yes")); break;
        case Payload::Secret: whole(tr("%1 present, hidden").arg(decoded.elements)); break;
        case Payload::Opaque: whole(bytes(decoded.payload)); break;
        case Payload::Padding: break;
        case Payload::Nest:
            for (const DecodedAttribute &nested : decoded.nested)
                attribute(nested);
            break;
        }
        if (!decoded.unknownTail.empty())
            unknown(tr("end of %1").arg(QLatin1String(known.id)), decoded.unknownTail,
                tr("What this kernel sends beyond the last field we know."));
    }

    void unknown(const QString &name, Bytes content, const QString &meaning)
    {
        m_unknown.lines.push_back({name, bytes(content), meaning, "unknown"});
    }

    void finish()
    {
        if (!m_unknown.lines.empty())
            m_groups.push_back(std::move(m_unknown));
    }

private:
    static QByteArray afterDot(const QByteArray &id) { return id.mid(id.indexOf('.') + 1); }

    static QString raw(const DecodedField &decoded)
    {
        if (!isNumber(decoded.field->type))
            return hexText(decoded.bytes);
        if (decoded.field->type == FieldType::S32)
            return QString::number(static_cast<qint64>(decoded.raw));
        return QString::number(decoded.raw);
    }

    static QString numbers(const DecodedAttribute &decoded)
    {
        QStringList set;
        for (const DecodedField &one : decoded.fields)
            set += QString::number(one.raw);
        return set.isEmpty() ? tr("none") : set.join(QLatin1Char(' '));
    }

    static QString bytes(Bytes content)
    {
        constexpr std::size_t shown = 256;
        QString text = tr("%1 bytes").arg(content.size());
        if (!content.empty())
            text += QLatin1String(": ") + hexText(content, shown);
        return content.size() > shown ? text + QStringLiteral("…") : text;
    }

    void add(const QByteArray &id, const QString &name, const QString &value, const QString &meaning)
    {
        const QByteArray structId = id.left(id.indexOf('.'));
        auto place = m_places.constFind(structId);
        if (place == m_places.constEnd()) {
            place = m_places.insert(structId, m_groups.size());
            m_groups.push_back({titleOf(structId), {}});
        }
        m_groups[*place].lines.push_back({name, value, meaning, id});
    }

    std::vector<DetailGroup> &m_groups;
    const Socket &m_socket;
    QMap<QByteArray, std::size_t> m_places; ///< struct → its group
    DetailGroup m_unknown{tr("Unknown attributes"), {}};
};

} // namespace

void addKernelDetails(std::vector<DetailGroup> &groups, const RowRef &row)
{
    const Socket &socket = row.socket();
    if (row.snapshot().sourceOf(socket) != Source::SockDiag)
        return; // no message describes it
    if (row.snapshot().message(socket).empty()) {
        groups.push_back({titleOf("inet"),
            {{tr("Attributes"), tr("not asked"), tr("The kernel's message was not kept in this snapshot."), ""}}});
        return;
    }
    const DecodedMessage message = decodedMessageOf(row);
    Walk walk(groups, socket);
    walk.fields(message.fixed);
    for (const DecodedAttribute &attribute : message.attributes)
        walk.attribute(attribute);
    if (!message.malformed.empty())
        walk.unknown(tr("cut short"), message.malformed, tr("Bytes at the end that are no whole attribute."));
    walk.finish();
}

} // namespace socktree
