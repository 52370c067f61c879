// SPDX-License-Identifier: GPL-3.0-or-later
// Families that few kernels have, or that no dump describes.
#include "tests/live/mksockets/asked.h"
#include "tests/live/mksockets/situations.h"
#include "tests/live/mksockets/sockets.h"

#include <algorithm>
#include <cerrno>
#include <linux/if_alg.h>
#include <linux/if_xdp.h>
#include <linux/vm_sockets.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

namespace mksockets {

static std::string vsockRow(const char *type, const char *state)
{
    return member("protocol", "vsock") + member("family", "vsock") + member("type", type) + member("state", state)
        + from("sock_diag|descriptor");
}

static void vsock(All &all, const std::string &name)
{
    const int listener = able(socket(AF_VSOCK, SOCK_STREAM, 0), "a vsock socket");
    sockaddr_vm address{};
    address.svm_family = AF_VSOCK;
    address.svm_cid = VMADDR_CID_ANY;
    address.svm_port = VMADDR_PORT_ANY;
    able(bind(listener, reinterpret_cast<sockaddr *>(&address), sizeof address), "bind to a vsock port");
    able(listen(listener, 7), "listen on vsock");
    keep(all, name, "listener", listener, vsockRow("stream", "LISTEN"));
    keep(all, name, "nameless", able(socket(AF_VSOCK, SOCK_STREAM, 0), "a vsock socket"), vsockRow("stream", "UNCONN"));

    socklen_t length = sizeof address;
    must(getsockname(listener, reinterpret_cast<sockaddr *>(&address), &length), "getsockname");
    address.svm_cid = VMADDR_CID_LOCAL;
    const int client = must(socket(AF_VSOCK, SOCK_STREAM, 0), "socket");
    if (connect(client, reinterpret_cast<sockaddr *>(&address), sizeof address) != 0) {
        // No loopback transport in this kernel: the two above are what there can be.
        close(client);
        return;
    }
    const int server = must(accept(listener, nullptr, nullptr), "accept");
    const std::string known = vsockRow("stream", "ESTAB");
    keepPair(all, name, "client", client, "server", server, known, known);
}

static void xdp(All &all, const std::string &name)
{
    constexpr std::size_t size = 16 * 4096;
    const int fd = able(socket(AF_XDP, SOCK_RAW, 0), "an XDP socket");
    void *const area = mmap(nullptr, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    xdp_umem_reg memory{};
    memory.addr = reinterpret_cast<unsigned long>(area);
    memory.len = size;
    memory.chunk_size = 4096;
    able(setsockopt(fd, SOL_XDP, XDP_UMEM_REG, &memory, sizeof memory), "XDP_UMEM_REG");
    const int entries = 8;
    for (const int which : {XDP_UMEM_FILL_RING, XDP_UMEM_COMPLETION_RING, XDP_RX_RING})
        able(setsockopt(fd, SOL_XDP, which, &entries, sizeof entries), "an XDP ring");
    keep(all, name, "rings", fd,
        member("protocol", "xdp") + member("family", "xdp") + member("type", "raw")
            + member("xdp-umem-size", static_cast<unsigned long long>(size)) + member("xdp-rx-entries", 8)
            + from("sock_diag|descriptor"));
}

static void alg(All &all, const std::string &name)
{
    const int fd = able(socket(AF_ALG, SOCK_SEQPACKET, 0), "a socket of the kernel's ciphers");
    sockaddr_alg address{};
    address.salg_family = AF_ALG;
    const std::string_view type = "hash", algorithm = "sha256";
    std::copy(type.begin(), type.end(), address.salg_type);
    std::copy(algorithm.begin(), algorithm.end(), address.salg_name);
    able(bind(fd, reinterpret_cast<sockaddr *>(&address), sizeof address), "bind to sha256");
    const std::string known = member("protocol-name-prefix", "ALG") + from("descriptor");
    keep(all, name, "bound", fd, known);
    keep(all, name, "operation", able(accept(fd, nullptr, nullptr), "accept"), known);
}

/// Those with a situation of their own.
static bool isKnown(int family)
{
    constexpr int known[] = {AF_UNIX, AF_INET, AF_INET6, AF_NETLINK, AF_PACKET, AF_ALG, AF_VSOCK, AF_XDP};
    return std::find(std::begin(known), std::end(known), family) != std::end(known);
}

static void otherFamilies(All &all, const std::string &name)
{
    constexpr int beyondTheLast = 64;
    for (int family = 1; family < beyondTheLast; ++family) {
        if (isKnown(family))
            continue;
        for (const int type : {SOCK_STREAM, SOCK_DGRAM, SOCK_RAW, SOCK_SEQPACKET}) {
            const int fd = socket(family, type, 0);
            if (fd < 0)
                continue;
            keep(all, name, "one", fd,
                member("family-tried", static_cast<unsigned>(family)) + from("sock_diag|proc_net|descriptor"));
            break;
        }
    }
    if (all.empty() || all.back().situation != name)
        throw Cannot{"this kernel has no family beside those with a situation of their own"};
}

std::span<const Situation> familySituations()
{
    static constexpr Situation situations[] = {
        {"vsock", "to and from virtual machines: a listener and, over loopback, a connection", vsock},
        {"xdp", "an XDP socket with memory and rings (takes root)", xdp},
        {"alg", "the kernel's ciphers", alg},
        {"other-families", "one of each family this kernel has and nothing here has named", otherFamilies},
    };
    return situations;
}

} // namespace mksockets
