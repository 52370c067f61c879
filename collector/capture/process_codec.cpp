// SPDX-License-Identifier: GPL-3.0-or-later
// Of record_codec.h: what processes and their descriptors tell.
#include "collector/capture/record_codec.h"

namespace socktree::capture {

namespace {

/// Threads in other namespaces, or rings, of one process. An element can be a byte in the file and much more in memory.
constexpr quint64 mostOfProcess = 1 << 20;
constexpr quint64 mostDescriptors = capture::mostBlockSize;

void encodeText(cbor::Writer &out, const Text &text)
{
    out.array(3);
    out.choice(text.got);
    out.integer(text.error);
    out.bytes(text.bytes);
}

void takeGot(Fields &fields, Got &got)
{
    fields.take(got, Got::Withheld, Got::Broken);
}

void takeText(Fields &fields, Text &text)
{
    if (!fields.next())
        return;
    Fields parts(fields.reader());
    takeGot(parts, text.got);
    parts.take(text.error);
    parts.take(text.bytes);
    parts.skipRest();
    if (!parts.good())
        fields.spoil();
}

/// An array whose elements are taken one by one.
template <typename List, typename TakeOne> void takeList(Fields &fields, List &list, quint64 most, TakeOne &&takeOne)
{
    if (!fields.next())
        return;
    Fields elements(fields.reader());
    if (elements.left() > most) {
        fields.spoil();
        return;
    }
    while (elements.left() > 0 && elements.good())
        list.push_back(takeOne(elements));
    if (!elements.good())
        fields.spoil();
}

void encodeTexts(cbor::Writer &out, const std::vector<DescriptorText> &texts)
{
    out.array(texts.size());
    for (const DescriptorText &one : texts) {
        const bool labelAsked = one.label.got != Got::Gone || one.label.error != 0 || !one.label.bytes.isEmpty();
        out.array(labelAsked ? 4 : 3);
        out.integer(one.tid);
        out.integer(one.fd);
        encodeText(out, one.text);
        if (labelAsked)
            encodeText(out, one.label);
    }
}

void takeTexts(Fields &fields, std::vector<DescriptorText> &texts)
{
    takeList(fields, texts, mostOfProcess, [](Fields &elements) {
        DescriptorText one;
        elements.next();
        Fields parts(elements.reader());
        parts.take(one.tid);
        parts.take(one.fd);
        takeText(parts, one.text);
        takeText(parts, one.label);
        parts.skipRest();
        if (!parts.good())
            elements.spoil();
        return one;
    });
}

} // namespace

void encode(cbor::Writer &out, const ProcessRecord &record)
{
    beginRecord(out, RecordType::Process, 17);
    out.integer(record.pid);
    for (const Text *text :
        {&record.stat, &record.status, &record.cmdline, &record.comm, &record.cgroup, &record.exe, &record.netns})
        encodeText(out, *text);
    out.number(record.netFile);
    out.array(record.threadNamespaces.size());
    for (const ThreadNamespace &one : record.threadNamespaces) {
        out.array(3);
        out.integer(one.tid);
        out.bytes(one.link);
        out.number(one.netFile);
    }
    encodeTexts(out, record.rings);
    out.choice(record.descriptorsGot);
    out.integer(record.descriptorsError);
    out.number(record.descriptorsDenied);
    out.array(record.descriptors.size() * 3);
    for (const Descriptor &one : record.descriptors) {
        out.integer(one.tid);
        out.integer(one.fd);
        out.number(one.inode);
    }
    encodeTexts(out, record.descriptorTexts);
    encodeText(out, record.context);
}

void decode(Fields &fields, ProcessRecord &record)
{
    fields.take(record.pid);
    for (Text *text :
        {&record.stat, &record.status, &record.cmdline, &record.comm, &record.cgroup, &record.exe, &record.netns})
        takeText(fields, *text);
    fields.take(record.netFile);
    takeList(fields, record.threadNamespaces, mostOfProcess, [](Fields &elements) {
        ThreadNamespace one;
        elements.next();
        Fields parts(elements.reader());
        parts.take(one.tid);
        parts.take(one.link);
        parts.take(one.netFile);
        parts.skipRest();
        if (!parts.good())
            elements.spoil();
        return one;
    });
    takeTexts(fields, record.rings);
    takeGot(fields, record.descriptorsGot);
    fields.take(record.descriptorsError);
    fields.take(record.descriptorsDenied);
    takeList(fields, record.descriptors, mostDescriptors, [](Fields &elements) {
        Descriptor one;
        elements.take(one.tid);
        elements.take(one.fd);
        elements.take(one.inode);
        return one;
    });
    takeTexts(fields, record.descriptorTexts);
    takeText(fields, record.context);
}

void encode(cbor::Writer &out, const ProcessesEnd &end)
{
    beginRecord(out, RecordType::ProcessesEnded, 4);
    out.choice(end.got);
    out.integer(end.error);
    out.number(end.vanished);
    out.choice(end.unseen);
}

void decode(Fields &fields, ProcessesEnd &end)
{
    takeGot(fields, end.got);
    fields.take(end.error);
    fields.take(end.vanished);
    fields.take(end.unseen, Unseen::OtherNamespaces, Unseen::OtherNamespaces);
}

void encode(cbor::Writer &out, const LoneSocketRecord &record)
{
    beginRecord(out, RecordType::LoneSocket, 11);
    out.number(record.inode);
    encodeText(out, record.protoName);
    out.choice(record.got);
    out.integer(record.error);
    for (const qint32 number : {record.family, record.type, record.protocol})
        out.integer(number);
    out.number(record.cookie);
    out.number(record.netns);
    out.bytes(record.local);
    out.bytes(record.remote);
}

void decode(Fields &fields, LoneSocketRecord &record)
{
    fields.take(record.inode);
    takeText(fields, record.protoName);
    takeGot(fields, record.got);
    fields.take(record.error);
    fields.take(record.family);
    fields.take(record.type);
    fields.take(record.protocol);
    fields.take(record.cookie);
    fields.take(record.netns);
    fields.take(record.local);
    fields.take(record.remote);
}

void encode(cbor::Writer &out, const MappedSocketRecord &record)
{
    beginRecord(out, RecordType::MappedSocket, 2);
    out.integer(record.pid);
    out.number(record.inode);
}

void decode(Fields &fields, MappedSocketRecord &record)
{
    fields.take(record.pid);
    fields.take(record.inode);
}

} // namespace socktree::capture
