// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/proc_net.h"

#include "collector/decode/proc_net_line.h"
#include "collector/decode/tcp_state.h"
#include "collector/decode/unix_text.h"

#include <netinet/in.h>
#include <sys/socket.h>

#include <utility>

namespace socktree {

using namespace proctext;

namespace {

bool putAddress(ProcNetRow &row, const ProcNetColumn &column, QByteArrayView text, std::endian order)
{
    const auto address = column.form == TextForm::Address ? hexAddress(text, order) : writtenAddress(text);
    const quint8 expected = column.form == TextForm::Hardware ? 6 : row.family == AF_INET6 ? 16 : 4;
    if (!address || address->length != expected)
        return false;
    row.*column.address = *address;
    return true;
}

/// Of several the primary one, which a star marks, or else the first.
bool putAddresses(ProcNetRow &row, const ProcNetColumn &column, QByteArrayView text)
{
    bool isFirst = true;
    for (QByteArrayView word = takeWord(text); !word.isEmpty(); word = takeWord(text)) {
        const auto address = writtenAddress(word);
        if (!address || address->length == 6)
            return false;
        if (std::exchange(isFirst, false) || word.startsWith('*'))
            row.*column.address = *address;
    }
    return true;
}

/// False if the line is not understood without this column.
bool put(ProcNetRow &row, const ProcNetColumn &column, const ProcNetWord &word, std::endian order)
{
    if (column.form == TextForm::Addresses)
        return putAddresses(row, column, word.text);
    if (word.text.isEmpty())
        return !column.required;
    if (column.address)
        return putAddress(row, column, word.text, order);
    if (column.setText)
        return column.setText(row, word.text);
    if (column.form == TextForm::Word)
        return true;
    const bool isRead = word.number && (!column.set || column.set(row, *word.number));
    return isRead || !column.required;
}

void dropFillersOfTcp(ProcNetRow &row)
{
    if (row.timer == quint8(0))
        row.expires.reset();
    if (row.timer == tcpstate::timeWaitTimer)
        row.uid.reset();
    if (row.state == tcpstate::listen)
        row.sendQueue.reset();
}

/// What has no timers fills their columns with zeros.
void dropFillersOfDatagrams(ProcNetRow &row)
{
    row.timer.reset();
    row.expires.reset();
    row.retrans.reset();
}

/// What the columns say together.
void finish(ProcNetRow &row)
{
    switch (row.file) {
    case ProcNetFile::Tcp:
    case ProcNetFile::Tcp6: dropFillersOfTcp(row); break;
    case ProcNetFile::Raw:
    case ProcNetFile::Raw6:
        row.protocol = std::exchange(row.localPort, std::nullopt);
        row.remotePort.reset();
        dropFillersOfDatagrams(row);
        break;
    case ProcNetFile::Udp:
    case ProcNetFile::Udp6:
    case ProcNetFile::UdpLite:
    case ProcNetFile::UdpLite6:
    case ProcNetFile::Icmp:
    case ProcNetFile::Icmp6: dropFillersOfDatagrams(row); break;
    case ProcNetFile::SctpEndpoints:
    case ProcNetFile::SctpAssociations:
        if (row.local.length == 16 || row.remote.length == 16)
            row.family = AF_INET6;
        break;
    default: break;
    }
}

/// Where the name begins in a line that ends with it.
const char *nameIn(const ProcNetRow &row)
{
    return row.name ? row.line.end() - row.name->size() : nullptr;
}

} // namespace

ProcNetReader::ProcNetReader(ProcNetFile file, QByteArrayView text, std::endian order)
    : m_file(file), m_order(order), m_rest(text)
{
    QByteArrayView titles = lineAhead().value_or(QByteArrayView());
    const qsizetype size = titles.size() + 1;
    if (takeWord(titles) == QByteArrayView(layoutOf(file).title))
        m_rest = m_rest.sliced(size);
}

/// The next line, if it is whole.
std::optional<QByteArrayView> ProcNetReader::lineAhead() const
{
    const qsizetype end = m_rest.indexOf('\n');
    return end < 0 ? std::nullopt : std::optional(m_rest.first(end));
}

bool ProcNetReader::understands(ProcNetRow &row, QByteArrayView line) const
{
    const ProcNetLayout &layout = layoutOf(m_file);
    row = ProcNetRow();
    row.file = m_file;
    row.family = layout.family;
    if (layout.protocol >= 0)
        row.protocol = quint32(layout.protocol);
    if (layout.type > 0)
        row.type = layout.type;
    row.line = line;
    bool understood = m_file != ProcNetFile::Unix || isUnixRow(line);
    if (understood)
        walkLine(
            layout, line,
            [&](const ProcNetColumn &column, const ProcNetWord &word) {
                understood = put(row, column, word, m_order);
                return understood;
            },
            [](QByteArrayView) {});
    if (understood)
        finish(row);
    return understood;
}

/// One kernel writes all pointers alike.
bool ProcNetReader::isUnixRow(QByteArrayView line) const
{
    const qsizetype width = pointerWidth(line);
    return width > 0 && (m_pointerWidth == 0 || width == m_pointerWidth);
}

/// Lines that are no row belong to the name before them, and a row may as well.
void ProcNetReader::takeRestOfName(ProcNetRow &row)
{
    const QByteArrayView first = row.line;
    if (m_pointerWidth == 0) {
        m_pointerWidth = pointerWidth(first);
        m_pointersHidden = isHiddenPointer(first);
    }
    const char *const name = nameIn(row);
    const auto isNear
        = [](const char *from, QByteArrayView line) { return from && line.end() - from <= longestUnixName; };

    ProcNetRow other;
    bool hasRest = false;
    auto line = lineAhead();
    for (; line && isNear(name ? name : m_nameFrom, *line) && !understands(other, *line); line = lineAhead()) {
        m_rest = m_rest.sliced(line->size() + 1);
        row.line = QByteArrayView(row.line.begin(), line->end());
        hasRest = true;
    }
    if (name && hasRest)
        row.name = QByteArrayView(name, row.line.end()).toByteArray();

    if (isNear(m_nameFrom, row.line)) {
        // A row without a name cannot go on in the next line, unless it is itself part of one.
        const bool isOdd = !isAsKernelWrites(first) || isHiddenPointer(first) != m_pointersHidden || (hasRest && !name);
        row.forgery = isOdd ? Forgery::Likely : Forgery::Possible;
    }
    if (name || row.forgery == Forgery::Impossible)
        m_nameFrom = name;
}

bool ProcNetReader::next(ProcNetRow &row)
{
    while (const auto line = lineAhead()) {
        m_rest = m_rest.sliced(line->size() + 1);
        if (!understands(row, *line)) {
            ++m_notUnderstood;
            continue;
        }
        if (m_file == ProcNetFile::Unix)
            takeRestOfName(row);
        return true;
    }
    if (!std::exchange(m_rest, QByteArrayView()).isEmpty())
        ++m_notUnderstood;
    return false;
}

std::vector<DecodedText> decodeProcNetLine(ProcNetFile file, QByteArrayView line)
{
    std::vector<DecodedText> texts;
    walkLine(
        layoutOf(file), line,
        [&](const ProcNetColumn &column, const ProcNetWord &word) {
            if (!word.text.isEmpty())
                texts.push_back({&column.field, word.text.toByteArray(), word.number});
            return true;
        },
        [&](QByteArrayView word) {
            texts.push_back({nullptr, word.toByteArray(), std::nullopt});
        });
    return texts;
}

} // namespace socktree
