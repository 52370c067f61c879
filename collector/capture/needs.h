// SPDX-License-Identifier: GPL-3.0-or-later
// What a capture is asked for. By default everything; the very first rows come without their owners.
#pragma once

#include <QtCore/qglobal.h>

namespace socktree {

struct Needs {
    bool owners = true; ///< processes and their descriptors; off only for the very first rows
    bool messages
        = true; ///< keep the sockets' verbatim messages in the snapshot (details, JSON, fields beyond the fixed part)
    quint8 inetExtensions = 0xff;  ///< idiag_ext
    quint32 unixShow = 0x7f;       ///< udiag_show
    bool otherFamilies = true;     ///< beyond TCP, UDP and UNIX
    bool otherNamespaces = true;   ///< beyond the reader's own; takes owners, since processes lead there
    bool descriptorTexts = true;   ///< fdinfo of every descriptor that is a socket; each costs some microseconds
    quint64 descriptorTextsOf = 0; ///< without that: of those of the socket with this inode; 0: of none
    bool operator==(const Needs &) const = default;
};

} // namespace socktree
