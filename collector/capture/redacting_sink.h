// SPDX-License-Identifier: GPL-3.0-or-later
// Hands on a capture without command lines and addresses, for a file that somebody else will see.
#pragma once

#include "collector/capture/pseudonyms.h"
#include "collector/capture/record.h"

#include <QtCore/QList>

#include <atomic>

namespace socktree {

/// Left out, and marked as withheld: command lines, paths of programs, security contexts. Replaced, equal ones by equal
/// ones, so that ends still find each other: IP addresses, names of AF_UNIX sockets, the host's name. Hardware
/// addresses, constants of packet filters and what no table of ours knows are zeroed or left out. What stays: process,
/// user, interface, namespace and cgroup names, ports, numbers.
class RedactingSink final : public Sink
{
public:
    explicit RedactingSink(Sink &next) : m_next(next) { }
    /// In words for CaptureHeader::withheld.
    static QList<QByteArray> withheld();
    /// Of these, what is replaced, so that something stands there.
    struct Replaced {
        const char *what;      ///< as in withheld()
        const char *looksLike; ///< what stands there in most cases
    };
    static constexpr Replaced addresses{"IP addresses", "198.18.…, 2001:db8::…"};
    static constexpr Replaced unixNames{"names of UNIX sockets", "/withheld/…"};
    /// In words: what stays, and may tell who somebody is.
    static QList<QByteArray> kept();

    void host(const HostRecord &record) override;
    std::unique_ptr<DumpSink> dump(const Scope &scope) override;
    void process(ProcessRecord &&record) override;
    void processesEnded(const ProcessesEnd &end) override;
    void name(const NameRecord &record) override;
    void networkNamespace(const NamespaceRecord &record) override;
    void loneSocket(const LoneSocketRecord &record) override;
    void problem(const Problem &problem) override;
    void mappedSocket(const MappedSocketRecord &record) override;
    void remembered(const RememberedRecord &record) override;
    void finished(SteadyTime ended) override;

private:
    class Stream;
    Sink &m_next;
    Pseudonyms m_pseudonyms;
    std::atomic<quint64> m_dropped = 0; ///< messages and lines that were not understood
};

} // namespace socktree
