// SPDX-License-Identifier: GPL-3.0-or-later
// The rows of one list of sockets, decoded as they come: of a dump's datagrams, or of a file's text.
#pragma once

#include "collector/snapshot/ends.h"
#include "collector/snapshot/snapshot.h"

#include <QtCore/QHash>
#include <QtCore/QMutex>

#include <memory>
#include <vector>

namespace socktree {

/// Indexes count within this list.
struct DumpRows {
    DumpOutcome outcome;
    std::vector<Socket> sockets;
    std::vector<QByteArray> names;
    std::vector<QByteArray> labels;
    std::vector<QByteArray> chunks;
    EndFacts ends;
};

/// Decodes for itself alone; what came of it is handed over, under @p mutex, when the list has ended. @p result says of
/// which scope it is.
std::unique_ptr<DumpSink> readRows(std::shared_ptr<DumpRows> result, QMutex &mutex, bool keepMessages);

} // namespace socktree
