// SPDX-License-Identifier: GPL-3.0-or-later
// Which of two layouts the end of tcp_info has.
#pragma once

#include <QtCore/QByteArrayView>

#include <optional>

namespace socktree {

/// Linux 7.0 laid the last four bytes of tcp_info out anew without changing its length, so the bytes alone cannot say
/// what they mean. Undecided leaves them among the unknown bytes, in hex, and is what you get without asking.
enum class TcpInfoLayout : quint8 {
    Undecided,
    U16Pair,  ///< Linux 6.18 and 6.19
    BitFields ///< Linux 7.0 and later
};
/// The layout of the kernel with this uname release ("6.18.44-amd64"). Undecided for kernels that should not have these
/// bytes at all (then somebody backported them) and for release candidates of 7.0, whose layout changed midway.
/// If the kernel's own type information (BTF) said whether its tcp_info has "tcpi_ecn_mode", which is of the later
/// layout, that decides; the release only says whether a kernel without it has the earlier layout.
TcpInfoLayout tcpInfoLayoutOf(QByteArrayView kernelRelease, std::optional<bool> btfHasEcnMode);

} // namespace socktree
