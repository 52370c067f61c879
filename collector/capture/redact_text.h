// SPDX-License-Identifier: GPL-3.0-or-later
// Takes addresses and names out of texts of the process file system.
#pragma once

#include "collector/capture/pseudonyms.h"

#include <QtCore/QByteArray>

namespace socktree {

/// Lines of a file in the net folder, as in Scope::file. Lines and files of which it is not known where they have
/// addresses are left out, and counted in @p dropped.
QByteArray redactNetText(const QByteArray &file, const QByteArray &lines, Pseudonyms &pseudonyms, quint64 &dropped);

/// fdinfo of a socket: the lines that are known, which are numbers and kinds of locks.
QByteArray redactDescriptor(const QByteArray &text);

/// fdinfo of an io_uring instance: the lines that tell of sockets; those of other files have names.
QByteArray redactRing(const QByteArray &text);

} // namespace socktree
