// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/random_capture.h"

#include <array>
#include <limits>

namespace socktree::test {

namespace {

constexpr SteadyTime began{std::chrono::hours(100)};

class Maker
{
public:
    explicit Maker(std::mt19937_64 &random) : m_random(random) { }

    int below(int end) { return std::uniform_int_distribution<int>(0, end - 1)(m_random); }

    /// Small, large, and the ends of the type.
    template <typename T> T number()
    {
        constexpr T ends[] = {std::numeric_limits<T>::min(), std::numeric_limits<T>::max(), 0, 1, 23, 24};
        switch (below(3)) {
        case 0: return ends[below(6)];
        case 1: return static_cast<T>(below(100));
        default: return static_cast<T>(m_random());
        }
    }
    QByteArray bytes(int most = 40)
    {
        QByteArray made(below(most + 1), Qt::Uninitialized);
        for (char &byte : made)
            byte = static_cast<char>(below(256));
        return made;
    }
    template <typename E> E choice(E last) { return static_cast<E>(below(static_cast<int>(last) + 1)); }
    Text text() { return {choice(Got::Withheld), number<int>(), bytes()}; }
    SteadyTime time() { return began + std::chrono::nanoseconds(m_random() % 10'000'000'000u); }
    WallTime wall() { return WallTime(std::chrono::nanoseconds(m_random() >> 2)); }

    HostRecord host()
    {
        HostRecord made;
        made.name = bytes();
        made.kernel = bytes();
        if (const int ecn = below(3))
            made.btfHasEcnMode = ecn == 1;
        made.netns = number<quint64>();
        made.euid = number<quint32>();
        made.pid = number<qint32>();
        made.taken = wall();
        made.began = began;
        made.services = bytes(400);
        return made;
    }
    NamespaceRecord networkNamespace()
    {
        return {number<quint64>(), number<quint64>(), choice(NamespaceRecord::Reached::Unread), number<quint64>(),
            number<qint32>(), bytes(), number<int>()};
    }
    Scope scope()
    {
        return {number<quint64>(), number<quint8>(), number<quint16>(), number<quint32>(), number<quint32>(), bytes(4)};
    }
    DumpEnding ending() { return {choice(DumpEnd::Failed), number<int>(), number<quint32>(), time(), time()}; }
    ProcessRecord process()
    {
        ProcessRecord made;
        made.pid = number<qint32>();
        for (Text *one : {&made.stat, &made.status, &made.cmdline, &made.comm, &made.cgroup, &made.exe, &made.netns})
            *one = text();
        made.netFile = number<quint64>();
        for (int i = below(3); i > 0; --i)
            made.threadNamespaces.push_back({number<qint32>(), bytes(), number<quint64>()});
        for (int i = below(3); i > 0; --i)
            made.rings.push_back({number<qint32>(), number<qint32>(), text()});
        made.descriptorsGot = choice(Got::Broken);
        made.descriptorsError = number<int>();
        made.descriptorsDenied = number<quint32>();
        for (int i = below(30); i > 0; --i)
            made.descriptors.push_back({number<qint32>(), number<qint32>(), number<quint64>()});
        for (int i = below(3); i > 0; --i)
            made.descriptorTexts.push_back({number<qint32>(), number<qint32>(), text(), below(2) ? text() : Text()});
        made.context = text();
        return made;
    }
    LoneSocketRecord lone()
    {
        return {number<quint64>(), text(), choice(Got::Broken), number<int>(), number<qint32>(), number<qint32>(),
            number<qint32>(), number<quint64>(), number<quint64>(), bytes(), bytes()};
    }
    RememberedRecord remembered()
    {
        return {number<quint64>(), number<quint64>(), number<quint64>(), number<quint8>(), number<quint16>(), wall(),
            number<qint32>(), number<quint64>(), bytes(16)};
    }

private:
    std::mt19937_64 &m_random;
};

} // namespace

void writeRandomCapture(std::mt19937_64 &random, Sink &sink, const RandomCaptureOptions &options)
{
    Maker make(random);
    sink.host(make.host());
    for (int i = make.below(4); i > 0; --i)
        sink.networkNamespace(make.networkNamespace());
    struct Stream {
        std::unique_ptr<DumpSink> sink;
        int left;
    };
    std::vector<Stream> streams;
    for (int i = 0; i < options.dumps; ++i)
        streams.push_back({sink.dump(make.scope()), make.below(options.datagrams + 1)});
    int processes = options.processes;
    while (processes > 0 || !streams.empty()) {
        if (processes > 0) {
            sink.process(make.process());
            --processes;
        }
        if (streams.empty())
            continue;
        const auto place = static_cast<std::size_t>(make.below(static_cast<int>(streams.size())));
        Stream &stream = streams[place];
        if (stream.left-- > 0) {
            const QByteArray bytes = make.bytes(options.datagramSize);
            stream.sink->datagram(std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))));
        } else {
            stream.sink->ended(make.ending());
            streams.erase(streams.begin() + static_cast<std::ptrdiff_t>(place));
        }
    }
    sink.processesEnded(
        {make.choice(Got::Broken), make.number<int>(), make.number<quint32>(), make.choice(Unseen::OtherNamespaces)});
    for (int i = make.below(5); i > 0; --i)
        sink.name({make.choice(NameRecord::Of::Cgroup), make.number<quint64>(), make.bytes(), make.number<quint64>()});
    for (int i = make.below(5); i > 0; --i)
        sink.loneSocket(make.lone());
    for (int i = make.below(3); i > 0; --i)
        sink.mappedSocket({make.number<qint32>(), make.number<quint64>()});
    for (int i = make.below(3); i > 0; --i)
        sink.problem({make.bytes(), make.bytes(), make.number<int>()});
    for (int i = make.below(3); i > 0; --i)
        sink.remembered(make.remembered());
    sink.finished(make.time());
}

} // namespace socktree::test
