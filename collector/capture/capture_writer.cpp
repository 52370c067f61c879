// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/capture_writer.h"

#include "collector/capture/capture_format.h"
#include "collector/capture/record_codec.h"

#include <QtCore/QMutex>
#include <QtCore/QSysInfo>

#include <zlib.h>

namespace socktree {

using namespace capture;

class CaptureWriter::Private
{
public:
    explicit Private(Output output) : m_output(std::move(output)) { }

    /// One record, by whichever encode() takes these.
    template <typename... Parts> void write(const Parts &...parts)
    {
        const QMutexLocker lock(&m_mutex);
        add([&](cbor::Writer &out) { encode(out, parts...); });
    }
    void start(const CaptureHeader &header);
    void finish(SteadyTime ended);

    SteadyTime began; ///< written by host(), before anything else comes
    quint64 openStream(const Scope &scope);
    bool good() const;

private:
    template <typename Encode> void add(const Encode &encode);
    void closeBlock();
    void put(QByteArrayView bytes) { m_good = m_good && m_output(bytes); }

    Output m_output;
    mutable QMutex m_mutex; ///< over all that follows
    QByteArray m_block;
    quint64 m_streams = 0, m_blocks = 0, m_records = 0, m_bytes = 0;
    quint32 m_checksum = 0;
    bool m_good = true;
    bool m_finished = false;
};

void CaptureWriter::Private::start(const CaptureHeader &header)
{
    QByteArray bytes;
    cbor::Writer out(bytes);
    out.tag(selfDescribed);
    out.map(5);
    out.text("format");
    out.text(formatName);
    out.text("version");
    out.number(formatVersion);
    out.text("byte-order"); // of the numbers in the datagrams
    out.text(QSysInfo::ByteOrder == QSysInfo::LittleEndian ? "little" : "big");
    out.text("made-by");
    out.text(header.madeBy);
    out.text("withheld");
    out.array(static_cast<quint64>(header.withheld.size()));
    for (const QByteArray &what : header.withheld)
        out.text(what);
    put(bytes);
}

template <typename Encode> void CaptureWriter::Private::add(const Encode &encode)
{
    if (!m_good || m_finished)
        return;
    const qsizetype before = m_block.size();
    cbor::Writer out(m_block);
    encode(out);
    const qsizetype size = m_block.size() - before;
    if (before > 0 && static_cast<std::size_t>(m_block.size()) > blockSize) {
        const QByteArray record = m_block.sliced(before);
        m_block.truncate(before);
        closeBlock();
        m_block = record;
    }
    if (static_cast<std::size_t>(size) > mostBlockSize) {
        m_block.clear();
        const Problem tooLong{"capture", "a record was too long to be written down: " + QByteArray::number(size), 0};
        capture::encode(out, tooLong);
    }
    ++m_records;
    if (static_cast<std::size_t>(m_block.size()) >= blockSize)
        closeBlock();
}

void CaptureWriter::Private::closeBlock()
{
    if (m_block.isEmpty())
        return;
    const auto *const plain = reinterpret_cast<const Bytef *>(m_block.constData());
    const auto size = static_cast<uLong>(m_block.size());
    QByteArray packed(static_cast<qsizetype>(compressBound(size)), Qt::Uninitialized);
    auto packedSize = static_cast<uLongf>(packed.size());
    // The kernel's lists are mostly zeros: more effort than the least gains little, and holds the dumps up.
    if (compress2(reinterpret_cast<Bytef *>(packed.data()), &packedSize, plain, size, Z_BEST_SPEED) != Z_OK) {
        m_good = false; // no memory
        return;
    }
    packed.truncate(static_cast<qsizetype>(packedSize));
    m_checksum = static_cast<quint32>(crc32(m_checksum, plain, static_cast<uInt>(size)));
    m_bytes += size;
    ++m_blocks;
    QByteArray item;
    cbor::Writer out(item);
    out.array(3);
    out.number(quint64(Item::Block));
    out.number(size);
    out.bytes(packed);
    put(item);
    m_block.clear();
}

void CaptureWriter::Private::finish(SteadyTime ended)
{
    const QMutexLocker lock(&m_mutex);
    add([&](cbor::Writer &out) { encodeFinished(out, ended, began); });
    closeBlock();
    m_finished = true;
    QByteArray item;
    cbor::Writer out(item);
    out.array(5);
    out.number(quint64(Item::End));
    for (const quint64 number : {m_blocks, m_records, m_bytes, quint64(m_checksum)})
        out.number(number);
    put(item);
}

quint64 CaptureWriter::Private::openStream(const Scope &scope)
{
    const QMutexLocker lock(&m_mutex);
    const quint64 stream = ++m_streams;
    add([&](cbor::Writer &out) { encode(out, stream, scope); });
    return stream;
}

bool CaptureWriter::Private::good() const
{
    const QMutexLocker lock(&m_mutex);
    return m_good;
}

class CaptureWriter::Stream final : public DumpSink
{
public:
    Stream(Private &writer, quint64 number) : m_writer(writer), m_number(number) { }
    void datagram(std::span<const std::byte> bytes) override { m_writer.write(m_number, bytes); }
    void ended(const DumpEnding &ending) override { m_writer.write(m_number, ending, m_writer.began); }

private:
    Private &m_writer;
    quint64 m_number;
};

CaptureWriter::CaptureWriter(Output output, const CaptureHeader &header)
    : d(std::make_unique<Private>(std::move(output)))
{
    d->start(header);
}

CaptureWriter::~CaptureWriter() = default;

void CaptureWriter::host(const HostRecord &record)
{
    d->began = record.began;
    d->write(record);
}

std::unique_ptr<DumpSink> CaptureWriter::dump(const Scope &scope)
{
    return std::make_unique<Stream>(*d, d->openStream(scope));
}

void CaptureWriter::process(ProcessRecord &&record)
{
    d->write(record);
}

void CaptureWriter::processesEnded(const ProcessesEnd &end)
{
    d->write(end);
}

void CaptureWriter::name(const NameRecord &record)
{
    d->write(record);
}

void CaptureWriter::networkNamespace(const NamespaceRecord &record)
{
    d->write(record);
}

void CaptureWriter::loneSocket(const LoneSocketRecord &record)
{
    d->write(record);
}

void CaptureWriter::problem(const Problem &problem)
{
    d->write(problem);
}

void CaptureWriter::mappedSocket(const MappedSocketRecord &record)
{
    d->write(record);
}

void CaptureWriter::remembered(const RememberedRecord &record)
{
    d->write(record);
}

void CaptureWriter::finished(SteadyTime ended)
{
    d->finish(ended);
}

bool CaptureWriter::good() const
{
    return d->good();
}

} // namespace socktree
