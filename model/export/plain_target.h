// SPDX-License-Identifier: GPL-3.0-or-later
// Writes to what cannot be replaced (standard output, devices, pipes), with every write, the sync and the close
// checked.
#pragma once

#include "model/export/export.h"

namespace socktree {

/// A descriptor that is closed once, with the result seen.
class OpenFile
{
public:
    /// What open(2) or fcntl(2) just returned.
    explicit OpenFile(int fd);
    ~OpenFile();
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    int get() const { return m_fd; }
    int error() const { return m_error; }
    bool close();

private:
    int m_fd;
    int m_error;
};

/// A duplicate of a descriptor that we were started with: it writes where that stands, and can be closed, and so tell
/// what closing has to say. One that we opened for ourselves is nobody's target: EBADF.
OpenFile inherited(int fd);
/// A named pipe that nobody reads is ENXIO, or waited for.
OpenFile openPlainly(const QByteArray &path, const Waiting &waiting);
bool isPipe(const QByteArray &path);

/// The error is an errno; ECANCELED if the writer or @p waiting said to stop.
tl::expected<void, int> writePlainly(
    OpenFile &file, const std::function<bool(const Output &)> &writer, const Waiting &waiting);

/// Devices, pipes and terminals have nothing to sync; that is no failure.
bool syncs(int fd);

} // namespace socktree
