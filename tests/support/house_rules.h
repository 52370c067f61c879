// SPDX-License-Identifier: GPL-3.0-or-later
// The rules of the house that a source file can break all by itself: who may include whom, and what every file opens
// with.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QString>
#include <QtCore/QStringList>

namespace socktree::test {

/// What is wrong with the file at @p path, written from the top of the tree; empty if nothing is.
/// @p hasOwnHeader: beside x.cpp there is an x.h.
QStringList complaints(const QString &path, const QByteArray &text, bool hasOwnHeader = false);

} // namespace socktree::test
