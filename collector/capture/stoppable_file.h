// SPDX-License-Identifier: GPL-3.0-or-later
// A file that is read from its beginning to its end, by a worker that can be told to stop: whoever should write into a
// pipe may never do so.
#pragma once

#include <QtCore/QIODevice>

#include <stop_token>

namespace socktree {

class StoppableFile final : public QIODevice
{
public:
    explicit StoppableFile(std::stop_token stop) : m_stop(std::move(stop)) { }
    ~StoppableFile() override;
    /// "-" is standard input, which stays open. Never waits; false: errorString() says why.
    bool openPath(const QString &path);
    bool isSequential() const override { return true; }

protected:
    /// Waits until there is something to read, the end is there, or stopped: that is an error.
    qint64 readData(char *data, qint64 most) override;
    qint64 writeData(const char *, qint64) override { return -1; }

private:
    qint64 failed(int error);

    std::stop_token m_stop;
    int m_descriptor = -1;
    bool m_ours = false;
};

} // namespace socktree
