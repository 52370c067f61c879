// SPDX-License-Identifier: GPL-3.0-or-later
// RFC 4180 read back by its letter, so that what we write is judged by the rules and not by our own code.
#pragma once

#include <QtCore/QByteArray>
#include <QtCore/QStringList>

#include <optional>
#include <vector>

namespace socktree::test {

/// Nothing if the bytes are not what RFC 4180 describes.
std::optional<std::vector<QStringList>> readCsv(const QByteArray &bytes);

} // namespace socktree::test
