// SPDX-License-Identifier: GPL-3.0-or-later
// Everything known of one socket, in groups, for the panel below and for JSON.
#pragma once

#include "model/generation.h"

#include <QtCore/QString>

#include <vector>

namespace socktree {

struct DetailLine {
    QString name;    ///< "rtt"
    QString value;   ///< "1.2 ms"; hostile text already made visible
    QString meaning; ///< plain text tooltip: meaning, raw value, since
    QByteArray id;   ///< "tcp.rtt"
};
struct DetailGroup {
    QString title; ///< "Socket", "TCP", "Memory", "Options", "Holders", "Process", "Unknown attributes"
    std::vector<DetailLine> lines;
};

std::vector<DetailGroup> detailsOf(const RowRef &row);
/// The same as plain text, for the clipboard.
QString detailsText(const std::vector<DetailGroup> &groups);

} // namespace socktree
