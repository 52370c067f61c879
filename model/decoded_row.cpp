// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/decoded_row.h"

#include <QtCore/QString>

#include <algorithm>
#include <netinet/in.h>

namespace socktree {

DecodedMessage decodedMessageOf(const RowRef &row)
{
    const Bytes message = row.snapshot().message(row.socket());
    if (message.empty())
        return {};
    const auto protocolOf = [](Protocol protocol) -> quint16 {
        switch (protocol) {
        case Protocol::Tcp: return IPPROTO_TCP;
        case Protocol::Udp: return IPPROTO_UDP;
        default: break;
        }
        return 0;
    };
    const Socket &socket = row.socket();
    return decodeMessage(
        quint8(socket.family), protocolOf(socket.protocol), message, tcpInfoLayoutOf(row.snapshot().host.kernel));
}

QString hexText(Bytes bytes, std::size_t most)
{
    const Bytes shown = bytes.first(std::min(most, bytes.size()));
    return QString::fromLatin1(
        QByteArray(reinterpret_cast<const char *>(shown.data()), static_cast<qsizetype>(shown.size())).toHex());
}

} // namespace socktree
