// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/capture_bytes.h"

#include "collector/capture/capture_format.h"

#include <QtCore/QBuffer>
#include <QtCore/QSysInfo>
#include <QtCore/QtEndian>

namespace socktree::test {

using namespace capture;

static std::span<const std::byte> spanOf(const QByteArray &bytes)
{
    return std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size())));
}

QByteArray written(const std::function<void(Sink &)> &fill, const CaptureHeader &header)
{
    QByteArray file;
    CaptureWriter writer(
        [&](QByteArrayView bytes) {
            file += bytes;
            return true;
        },
        header);
    fill(writer);
    return file;
}

CaptureReadResult read(const QByteArray &file, Sink &sink, const CaptureLimits &limits)
{
    QBuffer buffer;
    buffer.setData(file);
    buffer.open(QIODevice::ReadOnly);
    return readCapture(buffer, sink, limits);
}

QByteArray cborOf(const std::function<void(cbor::Writer &)> &make)
{
    QByteArray bytes;
    cbor::Writer out(bytes);
    make(out);
    return bytes;
}

QByteArray captureHeader()
{
    return cborOf([](cbor::Writer &out) {
        out.tag(selfDescribed);
        out.map(3);
        out.text("format");
        out.text(formatName);
        out.text("version");
        out.number(formatVersion);
        out.text("byte-order");
        out.text(QSysInfo::ByteOrder == QSysInfo::LittleEndian ? "little" : "big");
    });
}

QByteArray captureBlock(const QByteArray &records, std::optional<quint64> claimed)
{
    return cborOf([&](cbor::Writer &out) {
        out.array(3);
        out.number(quint64(Item::Block));
        out.number(claimed.value_or(static_cast<quint64>(records.size())));
        out.bytes(qCompress(records).sliced(4));
    });
}

QByteArray decompressed(const QByteArray &file)
{
    auto bytes = spanOf(file);
    const auto header = cbor::itemSize(bytes).value_or(bytes.size());
    QByteArray all = file.first(static_cast<qsizetype>(header));
    bytes = bytes.subspan(header);
    while (const auto size = cbor::itemSize(bytes)) {
        cbor::Reader reader(bytes);
        reader.array();
        if (reader.number() == quint64(Item::Block)) {
            const auto length = static_cast<quint32>(reader.number().value_or(0));
            const auto packed = reader.bytes().value_or(std::span<const std::byte>());
            QByteArray layout(4, '\0'); // what qCompress puts before
            qToBigEndian(length, layout.data());
            layout.append(reinterpret_cast<const char *>(packed.data()), static_cast<qsizetype>(packed.size()));
            all += qUncompress(layout);
        }
        bytes = bytes.subspan(*size);
    }
    return all;
}

} // namespace socktree::test
