// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/namespace_reader.h"

#include "collector/capture/dump_lane.h"
#include "collector/capture/net_file.h"
#include "collector/capture/proc_file.h"
#include "collector/capture/socket_lists.h"

#include <cerrno>

namespace socktree {

NamespaceReader::NamespaceReader(Sources sources, std::shared_ptr<MissingHandlers> missing)
    : m_sources(std::move(sources)), m_missing(std::move(missing))
{
}

void NamespaceReader::begin(quint64 home)
{
    m_read = {home};
    m_seen = {};
}

void NamespaceReader::read(const FoundNamespace &found, const Needs &needs, Sink &sink, const std::stop_token &stop)
{
    if (stop.stop_requested())
        return;
    int error = EACCES; // no way that we may look at
    if (!found.way.path.empty() || found.way.fd >= 0) {
        const auto entered = m_sources.inNamespace(found.way, [&](quint64 inode) {
            // Another namespace may have taken the place of the one we found: of that one nothing is known.
            if (found.inode == 0 || inode == found.inode)
                readInside({.inode = inode, .netFile = found.netFile, .pid = found.pid, .mounted = found.mounted},
                    needs, sink, stop);
        });
        error = entered ? 0 : entered.error().error;
    }
    if (error != 0 && gotFor(error) != Got::Gone)
        readByProcess(found, error, sink, stop);
}

quint64 namespaceId(const Sources &sources, const DumpLane &lane, quint64 inode)
{
    quint64 cookie = lane.netnsCookie();
    if (cookie == 0) // sock_diag may be refused where other sockets are not
        cookie = sources.netnsCookie();
    return cookie ? cookie : namespaceIdOf(inode);
}

void NamespaceReader::readInside(NamespaceRecord record, const Needs &needs, Sink &sink, const std::stop_token &stop)
{
    DumpLane lane(m_sources, m_missing);
    const auto connected = lane.connect();
    record.id = namespaceId(m_sources, lane, record.inode);
    record.reached = NamespaceRecord::Reached::Entered;
    record.error = connected ? 0 : connected.error().error;
    if (!m_read.insert(record.id).second)
        return;
    sink.networkNamespace(record);
    lane.setNamespace(record.id);
    lane.setPassing();
    lane.run(everyScope(needs), sink, stop);
    m_seen.add(lane.seen());
    writeInterfaceNames(m_sources, lane.seen(), record.id, sink);
}

void NamespaceReader::readByProcess(const FoundNamespace &found, int error, Sink &sink, const std::stop_token &stop)
{
    NamespaceRecord record{.inode = found.inode, .netFile = found.netFile};
    record.id = found.inode ? namespaceIdOf(found.inode) : namespaceIdOfNetFile(found.netFile);
    record.reached = found.pid ? NamespaceRecord::Reached::ByProcess : NamespaceRecord::Reached::Unread;
    record.pid = found.pid;
    record.mounted = found.mounted;
    record.error = error;
    if ((found.inode == 0 && found.netFile == 0) || !m_read.insert(record.id).second)
        return;
    sink.networkNamespace(record);
    if (found.pid == 0)
        return;
    const std::string folder = m_sources.procRoot + '/' + std::to_string(found.pid) + "/net";
    for (Scope scope : everyFile()) {
        if (stop.stop_requested())
            return;
        scope.netns = record.id;
        readNetFile(folder, scope, sink, stop);
    }
}

void writeInterfaceNames(const Sources &sources, const SeenNumbers &seen, quint64 netns, Sink &sink)
{
    for (const quint32 index : seen.interfaces) {
        if (const auto name = sources.interfaceName(index))
            sink.name({.of = NameRecord::Of::Interface, .number = index, .name = *name, .netns = netns});
    }
}

} // namespace socktree
