// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/service_names.h"

#include <QtCore/QMutex>

#include <optional>

namespace socktree {

namespace {

struct Service {
    quint32 key;
    QByteArray name;
};

/// Of a line as "https 443/tcp www # comment".
std::optional<Service> parseLine(QByteArray line)
{
    if (const auto comment = line.indexOf('#'); comment >= 0)
        line.truncate(comment);
    const QList<QByteArray> words = line.simplified().split(' ');
    if (words.size() < 2)
        return std::nullopt;
    const auto slash = words[1].indexOf('/');
    const QByteArray protocol = words[1].mid(slash + 1);
    bool isNumber = false;
    const quint16 port = words[1].left(slash).toUShort(&isNumber);
    if (slash < 0 || !isNumber)
        return std::nullopt;
    if (protocol == "tcp")
        return Service{serviceKey(port, Protocol::Tcp), words[0]};
    if (protocol == "udp")
        return Service{serviceKey(port, Protocol::Udp), words[0]};
    return std::nullopt;
}

} // namespace

ServiceNames parseServices(const QByteArray &text)
{
    ServiceNames names;
    for (const QByteArray &line : text.split('\n'))
        if (const auto service = parseLine(line); service && !names.contains(service->key))
            names.insert(service->key, service->name);
    return names;
}

std::shared_ptr<const ServiceNames> serviceNames(const QByteArray &text)
{
    static QMutex mutex;
    static QByteArray known;
    static std::shared_ptr<const ServiceNames> names;
    const QMutexLocker lock(&mutex);
    // Comparing the text costs about a microsecond, and next to nothing where the bytes are shared.
    if (!names || known != text) {
        names = std::make_shared<const ServiceNames>(parseServices(text));
        known = text;
    }
    return names;
}

} // namespace socktree
