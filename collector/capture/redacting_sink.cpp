// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/redacting_sink.h"

#include "collector/capture/redact_message.h"
#include "collector/capture/redact_text.h"

namespace socktree {

class RedactingSink::Stream final : public DumpSink
{
public:
    Stream(RedactingSink &sink, const Scope &scope) : m_sink(sink), m_scope(scope), m_next(sink.m_next.dump(scope)) { }

    void datagram(std::span<const std::byte> bytes) override
    {
        quint64 dropped = 0;
        if (m_scope.file.isEmpty()) {
            const auto made = redactDatagram(bytes, m_scope.family, m_scope.protocol, m_sink.m_pseudonyms, dropped);
            m_next->datagram(made);
        } else {
            const QByteArray text(reinterpret_cast<const char *>(bytes.data()), static_cast<qsizetype>(bytes.size()));
            const QByteArray made = redactNetText(m_scope.file, text, m_sink.m_pseudonyms, dropped);
            m_next->datagram(std::as_bytes(std::span(made.constData(), std::size_t(made.size()))));
        }
        m_sink.m_dropped += dropped;
    }
    void ended(const DumpEnding &ending) override { m_next->ended(ending); }

private:
    RedactingSink &m_sink;
    Scope m_scope;
    std::unique_ptr<DumpSink> m_next;
};

/// What is not there, or is empty as a kernel thread's command line is, tells nothing.
static void withhold(Text &text)
{
    if (text.got == Got::Read && !text.bytes.isEmpty())
        text = {Got::Withheld, 0, {}};
}

QList<QByteArray> RedactingSink::withheld()
{
    return {"command lines", "paths of programs", "security contexts", addresses.what, "hardware addresses",
        unixNames.what, "constants of packet filters", "the name of the host"};
}

QList<QByteArray> RedactingSink::kept()
{
    return {"names of processes, users, units, control groups, interfaces and network namespaces",
        "ports, process IDs and all other numbers", "the time", "the list of services"};
}

void RedactingSink::host(const HostRecord &record)
{
    HostRecord redacted = record;
    redacted.name.clear();
    m_next.host(redacted);
}

std::unique_ptr<DumpSink> RedactingSink::dump(const Scope &scope)
{
    return std::make_unique<Stream>(*this, scope);
}

void RedactingSink::process(ProcessRecord &&record)
{
    withhold(record.cmdline);
    withhold(record.exe);
    withhold(record.context); // AppArmor names profiles by the program's path
    for (DescriptorText &ring : record.rings)
        ring.text.bytes = redactRing(ring.text.bytes);
    for (DescriptorText &one : record.descriptorTexts) {
        one.text.bytes = redactDescriptor(one.text.bytes);
        withhold(one.label);
    }
    m_next.process(std::move(record));
}

void RedactingSink::processesEnded(const ProcessesEnd &end)
{
    m_next.processesEnded(end);
}

void RedactingSink::name(const NameRecord &record)
{
    m_next.name(record);
}

void RedactingSink::networkNamespace(const NamespaceRecord &record)
{
    m_next.networkNamespace(record);
}

void RedactingSink::loneSocket(const LoneSocketRecord &record)
{
    LoneSocketRecord redacted = record;
    redacted.local = redactSocketAddress(record.local, m_pseudonyms);
    redacted.remote = redactSocketAddress(record.remote, m_pseudonyms);
    m_next.loneSocket(redacted);
}

void RedactingSink::problem(const Problem &problem)
{
    m_next.problem(problem);
}

void RedactingSink::mappedSocket(const MappedSocketRecord &record)
{
    m_next.mappedSocket(record);
}

void RedactingSink::remembered(const RememberedRecord &record)
{
    m_next.remembered(record);
}

void RedactingSink::finished(SteadyTime ended)
{
    if (const quint64 dropped = m_dropped)
        m_next.problem({"capture",
            QByteArray::number(dropped) + " messages or lines were withheld, since we do not know what is in them", 0});
    m_next.finished(ended);
}

} // namespace socktree
