// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/text.h"

#include "collector/decode/proc_fdinfo.h"
#include "collector/decode/sock_proto_name.h"
#include "collector/decode/socket_address.h"
#include "collector/decode/state_names.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QStringList>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace socktree {

QString commandLine(const Process &process)
{
    QByteArray arguments = process.cmdline;
    if (arguments.endsWith('\0'))
        arguments.chop(1);
    if (arguments.isEmpty())
        return {};
    QStringList shown;
    for (const QByteArray &argument : arguments.split('\0'))
        shown += visible(argument);
    return shown.join(QLatin1Char(' '));
}

QString addressText(const Address &address)
{
    // inet_ntop is what ss uses, so the two agree; it writes RFC 5952.
    char text[INET6_ADDRSTRLEN];
    if (address.length == 4 && inet_ntop(AF_INET, address.bytes.data(), text, sizeof text))
        return QLatin1String(text);
    if (address.length == 16 && inet_ntop(AF_INET6, address.bytes.data(), text, sizeof text))
        return QLatin1String(text);
    if (address.isNode())
        return QString::number(address.node());
    return {};
}

QString bytesText(const Field &field, Bytes bytes)
{
    const QByteArray copy(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    switch (field.type) {
    case FieldType::Chars: return visible(copy);
    case FieldType::HardwareAddress: return QString::fromLatin1(copy.toHex(':'));
    default: break;
    }
    const auto address = parseSocketAddress(bytes);
    if (!address || address->length == 0)
        return QString::fromLatin1(copy.toHex());
    QString host = addressText({address->bytes, address->length});
    if (address->scope != 0) // without it, a link-local address says nothing
        host += QLatin1Char('%') + QString::number(address->scope);
    return (address->length == 16 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2"))
        .arg(host, QString::number(address->port));
}

QString endText(const Address &address, quint32 port)
{
    const QString host = addressText(address);
    const QString shownPort = port ? QString::number(port) : QStringLiteral("*");
    return (address.length == 16 ? QLatin1Char('[') + host + QLatin1Char(']') : host) + QLatin1Char(':') + shownPort;
}

QString flagsText(const Holder &holder)
{
    return holder.flags ? QString::fromLatin1(openFlagNames(*holder.flags).join(' ')) : QString();
}

QString unixName(const QByteArray &name)
{
    if (name.isEmpty())
        return {};
    if (name.startsWith('\0')) // abstract: every byte counts, NULs too
        return QLatin1Char('@') + visible(name.mid(1));
    QByteArray path = name;
    if (path.endsWith('\0'))
        path.chop(1);
    // A file of that name must not pass for an abstract name.
    if (path.startsWith('@'))
        return QLatin1String("\\x40") + visible(path.mid(1));
    return visible(path);
}

/// SCTP alone numbers states and timers in its own way among the internet protocols.
static quint16 numberingOf(Protocol protocol)
{
    return protocol == Protocol::Sctp ? IPPROTO_SCTP : IPPROTO_TCP;
}

QString stateName(const Socket &socket)
{
    if (!socket.has(Told::State))
        return {};
    const char *name = stateNameOf(socket.family, numberingOf(socket.protocol), socket.association, socket.state);
    return name ? QString::fromLatin1(name) : QString::number(socket.state);
}

QString protocolName(const Snapshot &snapshot, const Socket &socket)
{
    return visible(snapshot.protocolOf(socket));
}

QString familyName(const Socket &socket)
{
    switch (socket.family) {
    case AF_UNSPEC: return {};
    case AF_INET: return QStringLiteral("ipv4");
    case AF_INET6: return QStringLiteral("ipv6");
    default: break;
    }
    const char *name = familyName(int(socket.family));
    return name ? QString::fromLatin1(name) : QString::number(socket.family);
}

QString typeName(const Socket &socket)
{
    switch (socket.type) {
    case 0: return {};
    case SOCK_STREAM: return QStringLiteral("stream");
    case SOCK_DGRAM: return QStringLiteral("dgram");
    case SOCK_RAW: return QStringLiteral("raw");
    case SOCK_RDM: return QStringLiteral("rdm");
    case SOCK_SEQPACKET: return QStringLiteral("seqpacket");
    case SOCK_DCCP: return QStringLiteral("dccp");
    case SOCK_PACKET: return QStringLiteral("packet");
    default: return QString::number(socket.type);
    }
}

QString timerName(const Socket &socket)
{
    const char *name = timerNameOf(numberingOf(socket.protocol), socket.timer);
    return name ? QString::fromLatin1(name) : QString::number(socket.timer);
}

QString processName(const Process &process)
{
    return visible(process.comm);
}

QString shownName(const Process &process)
{
    const QString name = processName(process);
    return name.trimmed().isEmpty() ? QCoreApplication::translate("Text", "(no name)") : name;
}

QString nameAndPid(const Process &process)
{
    return QStringLiteral("%1 (%2)").arg(shownName(process), QString::number(process.key.pid));
}

QDateTime dateTime(WallTime time)
{
    const auto since = std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch());
    return QDateTime::fromMSecsSinceEpoch(since.count(), Qt::UTC);
}

QString timeText(WallTime time)
{
    return dateTime(time).toLocalTime().toString(QStringLiteral("yyyy-MM-dd HH:mm:ss t"));
}

QString userName(const Snapshot &snapshot, quint32 uid)
{
    const auto found = snapshot.users.constFind(uid);
    return found == snapshot.users.constEnd() || found->isEmpty() ? QString::number(uid) : visible(*found);
}

} // namespace socktree
