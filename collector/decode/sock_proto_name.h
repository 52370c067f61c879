// SPDX-License-Identifier: GPL-3.0-or-later
// What kind of socket a descriptor is, of families that no dump lists: from the kernel's name for the protocol, or from
// what the socket says of itself.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <optional>

namespace socktree {

/// What a name or three numbers say. Names of protocols say less than numbers: "UNIX" is dgram or seqpacket.
struct SockProto {
    quint8 family = 0;               ///< AF_*; 0 = not known
    std::optional<quint16> protocol; ///< IPPROTO_*, or what the family numbers its own with; nothing = not told
    std::optional<quint8> type;      ///< SOCK_*; nothing = not told
    QByteArray label;                ///< "tcp", "alg", "can-raw", "bluetooth-l2cap"; never empty, [a-z0-9.-] only
};

/// From the text of the extended attribute system.sockprotoname, with or without the NUL that ends it. A name that is
/// new to us becomes a label as it is, in lower case.
SockProto sockProtoOfName(QByteArrayView name);

/// From SO_DOMAIN, SO_TYPE and SO_PROTOCOL. What is new to us is labelled by its numbers.
SockProto sockProtoOf(int domain, int type, int protocol);

/// "inet6", "alg", "bluetooth"; null if the number is new to us.
const char *familyName(int family);

} // namespace socktree
