// SPDX-License-Identifier: GPL-3.0-or-later
// Records as CBOR arrays and back: type, then the fields in a fixed order.
#pragma once

#include "collector/capture/capture_format.h"
#include "collector/capture/cbor.h"
#include "collector/capture/record.h"

#include <type_traits>
#include <utility>

namespace socktree::capture {

/// Takes the fields of one array, in order. What is null or beyond the end leaves its target as it was: a default is
/// what absence means. What is of another type, or no number of the target's, makes it bad.
class Fields
{
public:
    explicit Fields(cbor::Reader &reader) : m_reader(reader), m_left(reader.array().value_or(0)) { }
    bool good() const { return !m_bad && !m_reader.failed(); }
    quint64 left() const { return m_left; }
    cbor::Reader &reader() { return m_reader; }
    /// Whether there is one more, which the caller then takes from reader().
    bool next() { return m_left > 0 && (--m_left, true); }

    template <typename T> void take(T &to);
    /// A number above @p last is one that came into being after us: @p otherwise.
    template <typename E> void take(E &to, E last, E otherwise);
    /// Passes over what is left; returns how many that were.
    quint64 skipRest();
    /// Something within was bad.
    void spoil() { m_bad = true; }

private:
    template <typename T, typename N> void assign(T &to, std::optional<N> value)
    {
        if (!value)
            return;
        if (std::in_range<T>(*value))
            to = static_cast<T>(*value);
        else
            m_bad = true;
    }
    cbor::Reader &m_reader;
    quint64 m_left;
    bool m_bad = false;
};

template <typename T> void Fields::take(T &to)
{
    if (!next())
        return;
    if constexpr (std::is_same_v<T, QByteArray>) {
        if (const auto bytes = m_reader.bytes())
            to = QByteArray(reinterpret_cast<const char *>(bytes->data()), static_cast<qsizetype>(bytes->size()));
    } else if constexpr (std::is_same_v<T, std::optional<bool>>) {
        to = m_reader.boolean();
    } else if constexpr (std::is_same_v<T, std::optional<quint32>>) {
        if (const auto number = m_reader.number())
            assign(to.emplace(), std::optional(*number));
    } else if constexpr (std::is_unsigned_v<T>) {
        assign(to, m_reader.number());
    } else {
        assign(to, m_reader.integer());
    }
}

template <typename E> void Fields::take(E &to, E last, E otherwise)
{
    quint64 number = quint64(to);
    take(number);
    to = number <= quint64(last) ? static_cast<E>(number) : otherwise;
}

/// The array of a record and its type; so many fields shall follow.
void beginRecord(cbor::Writer &out, RecordType type, quint64 fields);

/// Times on the steady clock are nanoseconds after the capture began.
qint64 offsetOf(SteadyTime time, SteadyTime began);
/// Offsets of more than a century are no times: the nearest that is one, so that differences never overflow.
SteadyTime timeAt(qint64 offset, SteadyTime began);

void encode(cbor::Writer &out, const HostRecord &record);
void encode(cbor::Writer &out, const NamespaceRecord &record);
void encode(cbor::Writer &out, quint64 stream, const Scope &scope);
void encode(cbor::Writer &out, quint64 stream, std::span<const std::byte> datagram);
void encode(cbor::Writer &out, quint64 stream, const DumpEnding &ending, SteadyTime began);
void encode(cbor::Writer &out, const ProcessRecord &record);
void encode(cbor::Writer &out, const ProcessesEnd &end);
void encode(cbor::Writer &out, const NameRecord &record);
void encode(cbor::Writer &out, const LoneSocketRecord &record);
void encode(cbor::Writer &out, const MappedSocketRecord &record);
void encode(cbor::Writer &out, const Problem &problem);
void encode(cbor::Writer &out, const RememberedRecord &record);
void encodeFinished(cbor::Writer &out, SteadyTime ended, SteadyTime began);

// Each takes the fields after the type; whether they were good is the fields' to say.
/// HostRecord::began is left to the caller.
void decode(Fields &fields, HostRecord &record);
void decode(Fields &fields, NamespaceRecord &record);
void decode(Fields &fields, quint64 &stream, Scope &scope);
/// The bytes lie in what is being read.
void decode(Fields &fields, quint64 &stream, std::span<const std::byte> &datagram);
void decode(Fields &fields, quint64 &stream, DumpEnding &ending, SteadyTime began);
void decode(Fields &fields, ProcessRecord &record);
void decode(Fields &fields, ProcessesEnd &end);
/// False: a name of something that came into being after us.
bool decode(Fields &fields, NameRecord &record);
void decode(Fields &fields, LoneSocketRecord &record);
void decode(Fields &fields, MappedSocketRecord &record);
void decode(Fields &fields, Problem &problem);
void decode(Fields &fields, RememberedRecord &record);
void decodeFinished(Fields &fields, SteadyTime &ended, SteadyTime began);

} // namespace socktree::capture
