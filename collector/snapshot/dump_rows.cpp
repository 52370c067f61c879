// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/dump_rows.h"

#include "collector/decode/message_walk.h"
#include "collector/snapshot/read_ends.h"
#include "collector/snapshot/read_proc_net.h"
#include "collector/snapshot/read_socket.h"

#include <linux/netlink.h>

#include <algorithm>

namespace socktree {

namespace {

/// What both kinds of lists share.
class Rows : public DumpSink
{
public:
    Rows(std::shared_ptr<DumpRows> result, QMutex &mutex, bool keep)
        : m_result(std::move(result)), m_mutex(mutex), m_keep(keep)
    {
        m_rows.outcome = m_result->outcome;
    }

protected:
    const Scope &scope() const { return m_rows.outcome.scope; }
    void damaged(quint32 count) { m_rows.outcome.damaged += count; }

    void add(SocketRow &row, qsizetype offset, std::size_t length)
    {
        Socket &socket = row.socket;
        if (socket.has(Told::Name))
            socket.name = nameIndex(row.name);
        if (!row.label.isEmpty())
            socket.label = placeOfLabel(m_rows.labels, row.label);
        if (m_keep) {
            socket.chunk = static_cast<quint32>(m_rows.chunks.size());
            socket.offset = static_cast<quint32>(offset);
            socket.length = static_cast<quint32>(length);
        }
        readEnds(row, static_cast<quint32>(m_rows.sockets.size()), m_rows.ends);
        m_rows.sockets.push_back(socket);
    }

    /// The bytes that the rows since the last chunk were found in.
    void addChunk(const char *bytes, qsizetype size)
    {
        if (m_keep && m_rows.sockets.size() > m_rowsInChunks)
            m_rows.chunks.emplace_back(bytes, size);
        m_rowsInChunks = m_rows.sockets.size();
    }

    void handOver(const DumpEnding &ending)
    {
        m_rows.outcome.ending = ending;
        m_rows.outcome.rows = static_cast<quint32>(m_rows.sockets.size());
        const QMutexLocker lock(&m_mutex);
        *m_result = std::move(m_rows);
    }

private:
    /// Sockets that were accepted repeat their listener's name.
    quint32 nameIndex(const QByteArray &name)
    {
        const auto known = m_nameIndexes.constFind(name);
        if (known != m_nameIndexes.cend())
            return *known;
        const auto index = static_cast<quint32>(m_rows.names.size());
        m_rows.names.push_back(name);
        m_nameIndexes.insert(name, index);
        return index;
    }

    DumpRows m_rows;
    std::size_t m_rowsInChunks = 0;
    std::shared_ptr<DumpRows> m_result;
    QMutex &m_mutex;
    QHash<QByteArray, quint32> m_nameIndexes;
    bool m_keep;
};

class MessageRows final : public Rows
{
public:
    using Rows::Rows;

    void datagram(Bytes bytes) override
    {
        const Bytes rest = walkMessages(bytes, [&](const NetlinkMessage &message) {
            if (message.type >= NLMSG_MIN_TYPE) // below are the dump's end and errors, which the reader has read
                take(bytes, message.payload);
        });
        damaged(rest.empty() ? 0 : 1);
        addChunk(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }

    void ended(const DumpEnding &ending) override { handOver(ending); }

private:
    void take(Bytes datagram, Bytes message)
    {
        auto row = readSocket(message, scope());
        if (!row) {
            damaged(isEmptyAnswer(message, scope()) ? 0 : 1);
            return;
        }
        damaged(row->damaged ? 1 : 0);
        add(*row, message.data() - datagram.data(), message.size());
    }
};

/// A row can go over several lines, and only the lines before it tell whether it was forged: so the text is read whole.
class TextRows final : public Rows
{
public:
    using Rows::Rows;

    void datagram(Bytes bytes) override
    {
        m_text.append(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
    }

    void ended(const DumpEnding &ending) override
    {
        if (const auto file = procNetFileOf(scope())) {
            const quint32 notUnderstood = parseProcNet(*file, m_text, [this](const ProcNetRow &line) {
                SocketRow row = readProcNet(line, scope());
                add(row, line.line.data() - m_text.constData(), static_cast<std::size_t>(line.line.size()));
            });
            damaged(notUnderstood);
        } else {
            damaged(m_text.isEmpty() ? 0 : 1);
        }
        addChunk(m_text.constData(), m_text.size());
        handOver(ending);
    }

private:
    QByteArray m_text;
};

} // namespace

std::unique_ptr<DumpSink> readRows(std::shared_ptr<DumpRows> result, QMutex &mutex, bool keepMessages)
{
    if (result->outcome.scope.file.isEmpty())
        return std::make_unique<MessageRows>(std::move(result), mutex, keepMessages);
    return std::make_unique<TextRows>(std::move(result), mutex, keepMessages);
}

} // namespace socktree
