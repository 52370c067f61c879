// SPDX-License-Identifier: GPL-3.0-or-later
// AF_VSOCK messages (struct vsock_diag_msg): a fixed part and no attributes.
#pragma once

#include "collector/decode/table.h"
#include "collector/decode/vsock_message.h"

namespace socktree::table {

inline constexpr ValueName vsockCids[] = {{0, "hypervisor"}, {1, "local"}, {2, "host"}};
inline constexpr Sentinel anyCidOrPort[] = {{vsockAny, false, "any"}};

// clang-format off
/// The cookie is read by parseVsockFixed.
inline constexpr Field vsockFixedFields[] = {
    oneOf(socketTypes, {"vsock.type", "type", 1, U8, None, Setting, "type of the socket", ""}),
    oneOf(states, {"vsock.state", "state", 2, U8, None, Setting, "state of the socket", ""}),
    anyOf(shutdownFlags, {"vsock.shutdown", "shutdown", 3, U8, None, Setting, "directions that are shut down", ""}),
    except(anyCidOrPort, oneOf(vsockCids, {"vsock.src-cid", "src_cid", 4, U32, Identifier, Setting,
        "number of this machine or virtual machine", ""})),
    except(anyCidOrPort, {"vsock.src-port", "src_port", 8, U32, Identifier, Setting, "local port", ""}),
    except(anyCidOrPort, oneOf(vsockCids, {"vsock.dst-cid", "dst_cid", 12, U32, Identifier, Setting,
        "number of the peer's machine or virtual machine", ""})),
    except(anyCidOrPort, {"vsock.dst-port", "dst_port", 16, U32, Identifier, Setting, "remote port", ""}),
    {"vsock.inode", "ino", 20, U32, Identifier, Setting, "inode of the socket file, by which processes hold it", ""},
};
// clang-format on

} // namespace socktree::table
