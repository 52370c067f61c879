// SPDX-License-Identifier: GPL-3.0-or-later
// The sink that writes a capture down as it comes.
#pragma once

#include "collector/capture/record.h"

#include <QtCore/QByteArray>
#include <QtCore/QList>

#include <functional>
#include <memory>

namespace socktree {

/// What a writer says of itself and its file before the first record.
struct CaptureHeader {
    QByteArray madeBy;          ///< program and version, UTF-8
    QList<QByteArray> withheld; ///< what was left out on purpose, one plain phrase each; see RedactingSink
};

/// The file is whole once finished() has been called and good() is still true. Memory: one block, see
/// capture_format.h, and what compressing it takes.
class CaptureWriter final : public Sink
{
public:
    /// Takes the file piece by piece, one call at a time but from any thread that feeds the sink; false stops the
    /// writing for good.
    using Output = std::function<bool(QByteArrayView)>;

    CaptureWriter(Output output, const CaptureHeader &header);
    ~CaptureWriter() override;

    void host(const HostRecord &record) override;
    std::unique_ptr<DumpSink> dump(const Scope &scope) override;
    void process(ProcessRecord &&record) override;
    void processesEnded(const ProcessesEnd &end) override;
    void name(const NameRecord &record) override;
    void networkNamespace(const NamespaceRecord &record) override;
    void loneSocket(const LoneSocketRecord &record) override;
    void problem(const Problem &problem) override;
    void mappedSocket(const MappedSocketRecord &record) override;
    void remembered(const RememberedRecord &record) override;
    void finished(SteadyTime ended) override;

    /// Nothing has failed so far: false if the output did.
    bool good() const;

private:
    class Private;
    class Stream;
    std::unique_ptr<Private> d;
};

} // namespace socktree
