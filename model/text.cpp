// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/text.h"

#include "collector/decode/socket_address.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QStringList>

#include <arpa/inet.h>
#include <array>
#include <sys/socket.h>

namespace socktree {

namespace {

/// As ss names the kernel's states; every family is on TCP's scale. ss calls 7 UNCONN for TCP, too: a socket that is
/// bound and neither listens nor is connected.
constexpr std::array<const char *, 13> stateNames{nullptr, "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2",
    "TIME-WAIT", "UNCONN", "CLOSE-WAIT", "LAST-ACK", "LISTEN", "CLOSING", "SYN-RECV"};

constexpr std::array<const char *, 6> timerNames{"off", "on", "keepalive", "timewait", "persist", "delack"};

} // namespace

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
    if (!address)
        return QString::fromLatin1(copy.toHex());
    const QString text = addressText({address->bytes, address->length});
    return (address->length == 16 ? QStringLiteral("[%1]:%2") : QStringLiteral("%1:%2")).arg(text).arg(address->port);
}

QString endText(const Address &address, quint32 port)
{
    const QString host = addressText(address);
    const QString shownPort = port ? QString::number(port) : QStringLiteral("*");
    return (address.length == 16 ? QLatin1Char('[') + host + QLatin1Char(']') : host) + QLatin1Char(':') + shownPort;
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

QString stateName(const Socket &socket)
{
    if (!socket.has(Told::State))
        return {};
    if (socket.state < stateNames.size() && stateNames[socket.state])
        return QLatin1String(stateNames[socket.state]);
    return QString::number(socket.state);
}

QString protocolName(const Socket &socket)
{
    return QLatin1String(nameOf(socket.protocol));
}

QString familyName(const Socket &socket)
{
    switch (socket.family) {
    case AF_INET: return QStringLiteral("ipv4");
    case AF_INET6: return QStringLiteral("ipv6");
    case AF_UNIX: return QStringLiteral("unix");
    default: return {};
    }
}

QString typeName(const Socket &socket)
{
    switch (socket.type) {
    case 0: return {};
    case SOCK_STREAM: return QStringLiteral("stream");
    case SOCK_DGRAM: return QStringLiteral("dgram");
    case SOCK_SEQPACKET: return QStringLiteral("seqpacket");
    default: return QString::number(socket.type);
    }
}

QString timerName(quint8 timer)
{
    return timer < timerNames.size() ? QString(QLatin1String(timerNames[timer])) : QString::number(timer);
}

QString processName(const Process &process)
{
    return visible(process.comm);
}

QString shownName(const Process &process)
{
    QString name = processName(process);
    if (!name.trimmed().isEmpty())
        return name;
    const QByteArray program = process.cmdline.split('\0').first();
    name = visible(program.mid(program.lastIndexOf('/') + 1));
    return name.trimmed().isEmpty() ? QCoreApplication::translate("Text", "(no name)") : name;
}

QString userName(const Snapshot &snapshot, quint32 uid)
{
    const auto found = snapshot.users.constFind(uid);
    return found == snapshot.users.constEnd() || found->isEmpty() ? QString::number(uid) : visible(*found);
}

} // namespace socktree
