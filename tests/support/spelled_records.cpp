// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/spelled_records.h"

namespace socktree::test {

namespace {

class Line
{
public:
    explicit Line(const char *kind) : m_text(QLatin1String(kind)) { }
    Line &operator<<(const QByteArray &bytes)
    {
        m_text += u' ' + QString::number(bytes.size()) + u':' + QString::fromLatin1(bytes.toHex());
        return *this;
    }
    template <typename T>
    requires std::is_integral_v<T> Line &operator<<(T number)
    {
        m_text += u' ' + QString::number(number);
        return *this;
    }
    template <typename E>
    requires std::is_enum_v<E> Line &operator<<(E value) { return *this << static_cast<int>(value); }
    Line &operator<<(const Text &text) { return *this << text.got << text.error << text.bytes; }
    Line &operator<<(std::chrono::nanoseconds time) { return *this << time.count(); }
    operator QString() const { return m_text; }

private:
    QString m_text;
};

QString spell(const ProcessRecord &record)
{
    Line line("process");
    line << record.pid << record.stat << record.status << record.cmdline << record.comm << record.cgroup << record.exe
         << record.netns << record.netFile;
    for (const ThreadNamespace &one : record.threadNamespaces)
        line << one.tid << one.link << one.netFile;
    for (const DescriptorText &one : record.rings)
        line << one.tid << one.fd << one.text;
    line << record.descriptorsGot << record.descriptorsError << record.descriptorsDenied;
    for (const Descriptor &one : record.descriptors)
        line << one.tid << one.fd << one.inode;
    for (const DescriptorText &one : record.descriptorTexts)
        line << one.tid << one.fd << one.text << one.label;
    return line << record.context;
}

QString spell(const LoneSocketRecord &record)
{
    return Line("lone") << record.inode << record.protoName << record.got << record.error << record.family
                        << record.type << record.protocol << record.cookie << record.netns << record.local
                        << record.remote;
}

} // namespace

QStringList spelled(const RecordingSink &sink)
{
    QStringList all;
    SteadyTime began;
    for (const HostRecord &host : sink.hosts) {
        began = host.began;
        const int ecn = host.btfHasEcnMode ? static_cast<int>(*host.btfHasEcnMode) : -1;
        all += Line("host") << host.name << host.kernel << ecn << host.netns
                            << qint64(host.euid ? qint64(*host.euid) : -1) << host.pid << host.taken.time_since_epoch()
                            << host.services;
    }
    for (const NamespaceRecord &one : sink.namespaces)
        all += Line("namespace") << one.id << one.inode << one.reached << one.pid << one.mounted << one.error
                                 << one.netFile;
    for (const RecordedDump &dump : sink.dumps) {
        const Scope &scope = dump.scope;
        all += Line("dump") << scope.netns << scope.family << scope.protocol << scope.states << scope.asked
                            << scope.file;
        for (const QByteArray &datagram : dump.datagrams)
            all += Line("datagram") << datagram;
        for (const DumpEnding &ending : dump.endings)
            all += Line("ending") << ending.end << ending.error << ending.strangers << ending.began - began
                                  << ending.ended - began;
    }
    for (const ProcessRecord &record : sink.processes)
        all += spell(record);
    for (const ProcessesEnd &end : sink.processesEnds)
        all += Line("processes ended") << end.got << end.error << end.vanished << end.unseen;
    for (const NameRecord &one : sink.names)
        all += Line("name") << one.of << one.number << one.name << one.netns;
    for (const LoneSocketRecord &one : sink.loneSockets)
        all += spell(one);
    for (const MappedSocketRecord &one : sink.mappedSockets)
        all += Line("mapped") << one.pid << one.inode;
    for (const Problem &one : sink.problems)
        all += Line("problem") << one.source << one.what << one.error;
    for (const RememberedRecord &one : sink.rememberedRecords)
        all += Line("remembered") << one.cookie << one.netns << one.inode << one.family << one.protocol
                                  << one.firstSeen.time_since_epoch() << one.pid << one.startTime << one.comm;
    for (int i = 0; i < sink.finishes; ++i)
        all += Line("finished") << sink.endedAt - began;
    return all;
}

} // namespace socktree::test
