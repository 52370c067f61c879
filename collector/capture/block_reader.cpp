// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/block_reader.h"

#include "collector/capture/byte_source.h"
#include "collector/capture/capture_format.h"
#include "collector/capture/cbor.h"
#include "collector/capture/replay.h"

#include <QtCore/QSysInfo>

#define ZLIB_CONST
#include <zlib.h>

#include <algorithm>

namespace socktree {

using namespace capture;

namespace {

struct Inflated {
    std::size_t size = 0; ///< bytes that came of it
    bool whole = false;   ///< they fill the room, and nothing is left over
};

/// Never writes more than @p room has.
Inflated inflateInto(QByteArray &room, std::span<const std::byte> packed)
{
    z_stream stream{};
    if (inflateInit(&stream) != Z_OK)
        return {};
    stream.next_in = reinterpret_cast<const Bytef *>(packed.data());
    stream.avail_in = static_cast<uInt>(packed.size());
    stream.next_out = reinterpret_cast<Bytef *>(room.data());
    stream.avail_out = static_cast<uInt>(room.size());
    const int ended = inflate(&stream, Z_FINISH);
    const Inflated inflated{stream.total_out, ended == Z_STREAM_END && stream.avail_out == 0 && stream.avail_in == 0};
    inflateEnd(&stream);
    return inflated;
}

class BlockReader
{
public:
    BlockReader(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result)
        : m_source(source), m_result(result), m_replay(sink, limits, result)
    {
    }

    void read()
    {
        if (readHeader())
            while (readItem()) { }
        m_replay.finish(m_source.offset());
        m_result.complete = m_ended && m_result.faults.empty();
    }

private:
    /// What is wrong here; nothing more is read.
    bool stop(const QByteArray &what)
    {
        m_replay.lost(m_source.offset(), m_source.error().isEmpty() ? what : "it cannot be read: " + m_source.error());
        return false;
    }

    /// The file ends @p left bytes after this place, before all of @p what is there.
    bool endsIn(std::size_t left, const QByteArray &what)
    {
        const QByteArray message = "the file ends here, " + what + ", " + m_replay.place();
        const bool isEnd = m_source.error().isEmpty();
        m_replay.lost(m_source.offset() + left, isEnd ? message : "it cannot be read: " + m_source.error(), isEnd);
        return false;
    }

    bool readHeader();
    bool takeHeader(cbor::Reader &reader);
    bool readItem();
    bool readEnd(cbor::Reader &reader, std::size_t size);
    /// Those in m_block. If it is cut, the last one may not be whole.
    bool takeRecords(quint64 offset, bool isCut);

    ByteSource &m_source;
    CaptureReadResult &m_result;
    Replay m_replay;
    QByteArray m_block;
    quint64 m_blocks = 0, m_records = 0, m_bytes = 0;
    quint32 m_checksum = 0;
    bool m_ended = false;
};

bool BlockReader::readHeader()
{
    const auto front = m_source.peek(mostHeaderSize);
    const auto size = cbor::itemSize(front);
    if (!size)
        return stop(front.size() < mostHeaderSize
                ? "the header is malformed, or the file ends in it, at byte " + QByteArray::number(front.size())
                : QByteArray("the header is malformed"));
    cbor::Reader reader(front.first(*size));
    reader.tag();
    if (!takeHeader(reader))
        return false;
    m_source.pass(*size);
    return true;
}

bool BlockReader::takeHeader(cbor::Reader &reader)
{
    QByteArray format, byteOrder;
    quint64 version = 0;
    const quint64 pairs = reader.map().value_or(0);
    for (quint64 i = 0; i < pairs && !reader.failed(); ++i) {
        const QByteArray key = reader.text().value_or(QByteArray());
        if (key == "format")
            format = reader.text().value_or(QByteArray());
        else if (key == "version")
            version = reader.number().value_or(0);
        else if (key == "byte-order")
            byteOrder = reader.text().value_or(QByteArray());
        else if (key == "made-by")
            m_result.madeBy = reader.text().value_or(QByteArray());
        else if (key == "withheld")
            for (quint64 left = reader.array().value_or(0); left > 0 && !reader.failed(); --left)
                m_result.withheld += reader.text().value_or(QByteArray());
        else
            reader.skip();
    }
    if (reader.failed() || format != formatName)
        return stop("this is CBOR, but no capture of Socktree: the header does not say so");
    if (version != formatVersion)
        return stop("it has version " + QByteArray::number(version) + " of the format, and we read version "
            + QByteArray::number(formatVersion) + " only; a newer Socktree may read it");
    const QByteArray ours = QSysInfo::ByteOrder == QSysInfo::LittleEndian ? "little" : "big";
    if (byteOrder != ours)
        return stop("it comes from a machine whose numbers have another byte order than this one's");
    m_result.format = CaptureFormat::Socktree;
    return true;
}

bool BlockReader::readItem()
{
    constexpr std::size_t mostItemHead = 128;
    const auto front = m_source.peek(mostItemHead);
    if (front.empty())
        return endsIn(0, "before the capture does");
    constexpr char inHead[] = "in the head of a block or of the end";
    constexpr std::size_t mostBlockHead = 20;
    const bool begins = cbor::headAt(front.first(1)).value_or(cbor::Head()).major == cbor::Major::Array;
    cbor::Reader reader(front);
    const auto count = reader.array();
    const auto kind = reader.number();
    if (!count || !kind || *kind > quint64(Item::End) || *count < 3 || *count > 32)
        return front.size() == 1 && begins ? endsIn(1, inHead) : stop("neither a block nor the end is here");
    if (*kind == quint64(Item::End)) {
        const auto size = cbor::itemSize(front);
        return size ? readEnd(reader, *size) : endsIn(front.size(), "in the middle of the end that counts the records");
    }
    const auto size = reader.number();
    const auto packed = cbor::headAt(front.subspan(front.size() - reader.left()));
    if (!size || !packed || packed->major != cbor::Major::Bytes || *count != 3)
        return front.size() < mostBlockHead && *count == 3 ? endsIn(front.size(), inHead)
                                                           : stop("a block is malformed");
    if (*size > mostBlockSize || packed->value > compressBound(mostBlockSize))
        return stop("a block claims to be longer than any may be");
    const std::size_t head = front.size() - reader.left() + packed->size;
    const quint64 offset = m_source.offset();
    const auto item = m_source.peek(head + static_cast<std::size_t>(packed->value));
    const bool isThere = item.size() == head + packed->value;
    m_block.resize(static_cast<qsizetype>(*size));
    const Inflated inflated = inflateInto(m_block, item.subspan(std::min(head, item.size())));
    m_source.pass(item.size());
    if (!isThere) {
        // What comes before the cut is as it was written.
        m_block.truncate(static_cast<qsizetype>(inflated.size));
        takeRecords(offset, true);
        return endsIn(0, "in the middle of the block that begins at byte " + QByteArray::number(offset));
    }
    ++m_blocks;
    if (!inflated.whole) {
        m_replay.lost(offset, "a block cannot be decompressed to what it claims, and is left out");
        return true;
    }
    m_bytes += *size;
    m_checksum = static_cast<quint32>(
        crc32(m_checksum, reinterpret_cast<const Bytef *>(m_block.constData()), static_cast<uInt>(*size)));
    return takeRecords(offset, false);
}

bool BlockReader::takeRecords(quint64 offset, bool isCut)
{
    auto block = std::as_bytes(std::span(m_block.constData(), std::size_t(m_block.size())));
    while (!block.empty()) {
        const auto size = cbor::itemSize(block);
        if (!size && isCut)
            return true;
        if (!size) {
            m_replay.lost(offset, "the rest of a block is malformed, and is left out");
            return true;
        }
        ++m_records;
        if (!m_replay.record(block.first(*size), offset))
            return false;
        block = block.subspan(*size);
    }
    return true;
}

bool BlockReader::readEnd(cbor::Reader &reader, std::size_t size)
{
    const auto blocks = reader.number();
    const auto records = reader.number();
    const auto bytes = reader.number();
    const auto checksum = reader.number();
    if (blocks != m_blocks || records != m_records || bytes != m_bytes || checksum != m_checksum)
        return stop("blocks are missing or were changed: what the end counts is not what was read");
    m_source.pass(size);
    m_ended = true;
    if (!m_source.peek(1).empty())
        return stop("there is more after the end, which is left unread");
    return false;
}

} // namespace

bool isSocktreeCapture(std::span<const std::byte> front)
{
    const auto expected = std::as_bytes(std::span(magic));
    return front.size() >= expected.size() && std::equal(expected.begin(), expected.end(), front.begin());
}

void readBlocks(ByteSource &source, Sink &sink, const CaptureLimits &limits, CaptureReadResult &result)
{
    BlockReader(source, sink, limits, result).read();
}

} // namespace socktree
