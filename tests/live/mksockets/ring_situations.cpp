// SPDX-License-Identifier: GPL-3.0-or-later
// A socket that no descriptor stands for: io_uring took it as a registered file, and the descriptor was closed.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <linux/io_uring.h>
#include <sys/socket.h>
#include <sys/syscall.h>
#include <unistd.h>

namespace mksockets {

static void registered(All &all, const std::string &name)
{
    io_uring_params parameters{};
    const auto ring = able(static_cast<int>(syscall(SYS_io_uring_setup, 4, &parameters)), "io_uring_setup");
    const int fd = boundSocket(AF_INET, SOCK_DGRAM);
    able(static_cast<int>(syscall(SYS_io_uring_register, ring, IORING_REGISTER_FILES, &fd, 1)), "io_uring_register");
    const std::string holder = member("ring-fd", static_cast<unsigned>(ring))
        + member("ring-pid", static_cast<unsigned>(getpid())) + member("ring-slot", 0)
        + member("no-holder", "io_uring");
    all.push_back({name, "registered", udp("ipv4", "UNCONN") + holder + identityOf(fd)});
    close(fd);
}

std::span<const Situation> ringSituations()
{
    static constexpr Situation situations[] = {
        {"io-uring", "a socket that only io_uring holds", registered},
    };
    return situations;
}

} // namespace mksockets
