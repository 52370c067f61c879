// SPDX-License-Identifier: GPL-3.0-or-later
// A kernel's end of sock_diag as one function from request to answers, with every way of answering badly.
#pragma once

#include "collector/capture/sources.h"

#include <QtCore/QByteArray>
#include <QtCore/QMutex>

#include <functional>
#include <map>
#include <memory>
#include <utility>
#include <vector>

namespace socktree::test {

/// What one receive gives.
struct Answer {
    QByteArray bytes;
    int error = 0; ///< the receive fails with this errno
    bool truncated = false;
    quint32 senderPort = 0;
};

/// What was asked: the request's bytes, and what of them an answer needs.
struct Asked {
    QByteArray bytes;
    quint8 family = 0;
    quint8 protocol = 0;
    quint32 sequence = 0;
    quint32 port = 0; ///< of the socket that asks
    bool isDump = false;
};

using Kernel = std::function<std::vector<Answer>(const Asked &)>;

/// A socket to this kernel. When there are no answers left, a receive fails with ETIMEDOUT, as the system's does.
std::unique_ptr<DiagSocket> connectTo(Kernel kernel, quint32 port = 4711, quint64 netnsCookie = 3);

/// A kernel that has these messages (without nlmsghdr) per family and protocol and answers every dump well, DONE in a
/// datagram of its own; an exact lookup finds the one with the cookie asked for. Other families and protocols are not
/// supported. Threads may ask at once.
class FakeKernel
{
public:
    void set(quint8 family, quint8 protocol, std::vector<QByteArray> messages);
    /// What this family and protocol answers instead, the first @p times only; -1: always.
    void misbehave(quint8 family, quint8 protocol, Kernel instead, int times = -1);
    /// Sockets cannot be had: dial fails with this errno. 0: they can.
    void refuse(int error);

    std::vector<Answer> answer(const Asked &asked);
    /// Goes into Sources::dial. Keep the kernel alive.
    Result<std::unique_ptr<DiagSocket>> dial();
    int dialled() const;
    std::vector<Asked> requests() const;

private:
    struct Instead {
        Kernel kernel;
        int times;
    };
    using Key = std::pair<quint8, quint8>;
    mutable QMutex m_mutex;
    std::map<Key, std::vector<QByteArray>> m_messages;
    std::map<Key, Instead> m_instead;
    std::vector<Asked> m_requests;
    int m_refusal = 0;
    int m_dialled = 0;
};

} // namespace socktree::test
