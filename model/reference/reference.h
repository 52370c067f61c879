// SPDX-License-Identifier: GPL-3.0-or-later
// Every column, attribute, kernel field and column of a file as a line of facts, for socktree --fields.
#pragma once

#include "collector/decode/attribute.h"
#include "collector/decode/text_field.h"
#include "model/column.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

#include <span>
#include <vector>

namespace socktree {

/// One thing that has an id. Exactly one of the pointers says what it is, but that a field has its attribute, too.
struct ReferenceLine {
    const Column *column = nullptr;
    const Attribute *attribute = nullptr; ///< itself, or what holds the field; null of a field of the fixed part
    const Field *field = nullptr;
    const TextField *text = nullptr; ///< a column of a file of the process file system
    QStringList tables; ///< names of the tables it is in: "tcp", "unix", "net/tcp6"; none of a column of ours
    QString path; ///< kernel names from the outermost attribute to this one: "INET_DIAG_ULP_INFO/INET_ULP_INFO_TLS"
    const char *id() const;
};

/// Columns in their order, then each table's fixed part and attributes in theirs, then the columns of files. What
/// several tables share is one line.
std::vector<ReferenceLine> reference();

/// A fact about a line: a column of the reference.
struct ReferenceFact {
    const char *id;                             ///< an interface: header of CSV and TSV, key of JSON
    QString (*text)(const ReferenceLine &line); ///< empty if it has none
    bool onTerminal = true;                     ///< in the table for a terminal, too
    bool numeric = false;                       ///< digits only
};
std::span<const ReferenceFact> referenceFacts();

} // namespace socktree
