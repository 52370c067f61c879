// SPDX-License-Identifier: GPL-3.0-or-later
// The command line: what was asked, and doing it without a display.
#pragma once

#include "collector/capture/sources.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>
#include <QtCore/QString>

namespace socktree {

/// Exit codes: 0 done (denied owners are told on stderr and still 0), 1 a requested family or the output failed, 2
/// usage, 3 incomplete.
enum class Exit : int { Done = 0, Failed = 1, Usage = 2, Incomplete = 3 };

struct CommandLine {
    enum class Action : quint8 { Window, List, Fields, Record, Help, Version, Error } action = Action::Window;
    QString message;           ///< of Help, Version, Error: what to print
    QByteArray format = "csv"; ///< of --fields one of referenceFormats()
    QList<QByteArray> columns; ///< ids; empty: those shown by default
    QString filter;
    QString output = QStringLiteral("-");
    QString openFile;    ///< of List and Window: a capture to show in place of this system; empty: none
    QString recordFile;  ///< of Record; "-" is standard output
    bool redact = false; ///< of Record: without command lines and addresses
    bool why = false;    ///< a column of reasons after each
};

/// The arguments as main got them: the first is the program. Never exits and prints nothing.
CommandLine parseCommandLine(const QByteArrayList &arguments);
/// "socktree: MESSAGE", a line on standard error. (list.cpp)
void tell(const QString &message);
/// --list: one capture, one export. Prints what is missing on standard error. (list.cpp)
Exit runList(const CommandLine &line, const Sources &sources);
/// --fields: the reference. Asks nothing of the system. (fields.cpp)
Exit runFields(const CommandLine &line);
/// --record: one capture with everything asked, into a file. Likewise. (list.cpp)
Exit runRecord(const CommandLine &line, const Sources &sources);

} // namespace socktree
