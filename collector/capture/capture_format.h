// SPDX-License-Identifier: GPL-3.0-or-later
// What writing and reading capture files agree on. In words: resources/schema/capture-format.md.
#pragma once

#include <QtCore/qglobal.h>

#include <cstddef>

namespace socktree::capture {

constexpr char formatName[] = "socktree-capture";
/// Readers refuse a higher one. It is raised when what older readers make of a file would be wrong; new types of record
/// and new fields at a record's end do not raise it.
constexpr quint64 formatVersion = 1;

/// A CBOR tag that says that what follows is CBOR: the first three bytes of every file.
constexpr quint64 selfDescribed = 55799;
constexpr unsigned char magic[] = {0xd9, 0xd9, 0xf7};

/// Each item after the first is an array that begins with its kind.
enum class Item : quint8 { Block = 0, End = 1 };

enum class RecordType : quint8 {
    Host = 1,
    Namespace = 2,
    DumpBegan = 3,
    Datagram = 4,
    DumpEnded = 5,
    Process = 6,
    ProcessesEnded = 7,
    Name = 8,
    LoneSocket = 9,
    Problem = 10,
    Finished = 11,
    Remembered = 12,
    MappedSocket = 13
};

/// A block is closed when it has this many bytes before compression. One record that is longer has a block of its own.
constexpr std::size_t blockSize = 1 << 20;
/// And this many at most; a record that is longer still is not written, and a problem says so.
constexpr std::size_t mostBlockSize = 64 << 20;
constexpr std::size_t mostHeaderSize = 64 << 10;

} // namespace socktree::capture
