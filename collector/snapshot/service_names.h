// SPDX-License-Identifier: GPL-3.0-or-later
// Names of well-known ports out of the text of a services file.
#pragma once

#include "collector/snapshot/snapshot.h"

namespace socktree {

/// The first name of a port counts, as in getservbyport(3). Lines that say nothing of TCP or UDP are passed over.
ServiceNames parseServices(const QByteArray &text);

/// The same, shared: captures that follow each other bring the same text, which is parsed once. The result depends on
/// the text alone. Any thread.
std::shared_ptr<const ServiceNames> serviceNames(const QByteArray &text);

} // namespace socktree
