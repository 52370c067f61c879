// SPDX-License-Identifier: GPL-3.0-or-later
// What the dumps of one snapshot can vouch for: only where they ended well does a missing row mean anything.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtCore/QHash>
#include <QtCore/QSet>

namespace socktree {

class Coverage
{
public:
    explicit Coverage(const Snapshot &snapshot);

    /// Whether every socket that a dump of @p scope lists was listed here: its states were all asked for and the last
    /// attempt of each such dump ended well. For IPv6 the IPv4 dump counts, too, since IPV6_ADDRFORM moves living
    /// sockets there. A file that was not read again since the dump it stood in for went well counts as that dump.
    bool covers(const Scope &scope) const;
    /// Whether a namespace (by id) that was there is no more, and its sockets with it: namespaces are told, all
    /// processes were asked for theirs, and it is not among them.
    bool isGone(quint64 netns) const;
    /// Whether every readable process's descriptors were read.
    bool coversDescriptors() const { return m_descriptors; }

private:
    struct Group {
        quint32 states = 0;
        bool complete = true;
    };
    const Group *find(const Scope &scope, quint8 family, const QByteArray &file) const;

    QHash<Scope, Group> m_groups; ///< by what a scope is of, whichever states and attributes were asked for
    QSet<quint64> m_namespaces;   ///< ids
    bool m_descriptors;
};

} // namespace socktree
