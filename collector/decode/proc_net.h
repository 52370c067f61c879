// SPDX-License-Identifier: GPL-3.0-or-later
// The files of "net" in the proc file system that list sockets: what is read where the kernel has no handler for a
// family, or where only this way leads into a namespace. They say less than sock_diag, and a name can forge lines.
#pragma once

#include "collector/decode/text_field.h"

#include <QtCore/QByteArray>
#include <QtCore/QByteArrayView>

#include <array>
#include <bit>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace socktree {

enum class ProcNetFile : quint8 {
    Tcp,
    Tcp6,
    Udp,
    Udp6,
    UdpLite,
    UdpLite6,
    Raw,
    Raw6,
    Icmp,
    Icmp6,
    Unix,
    Packet,
    Netlink,
    SctpEndpoints,
    SctpAssociations,
    Hci,
    L2cap,
    Rfcomm,
    Sco,
    Iso,
    Bnep,
    Cmtp,
    Hidp,
    PfKey,
    Phonet,
    Llc
};
inline constexpr int procNetFiles = int(ProcNetFile::Llc) + 1;

/// Its path below "net": "tcp6", "sctp/eps".
const char *pathOf(ProcNetFile file);
/// All columns of the file, in the order of the line. One word may have several: its bits.
std::vector<const TextField *> textFieldsOf(ProcNetFile file);

/// Bytes in network order.
struct ProcNetAddress {
    std::array<quint8, 16> bytes = {};
    quint8 length = 0; ///< 4, 16, 6 for a hardware address; 0 = not told
};

/// How far a row can be trusted. Names of AF_UNIX sockets come raw, so one with a newline can hold what looks like
/// another row. A name takes 108 bytes at most, which is what can be told by: where a row is too far from the start of
/// the name before it, nobody forged it. Whether a Possible row is real only another source can say: sock_diag, or a
/// process that holds its inode.
enum class Forgery : quint8 {
    Impossible,
    Possible, ///< short enough to be part of the name before it
    Likely    ///< and it is not how the kernel writes a row
};

/// One line. What the file does not tell is not there, and so is what it writes only to fill the column.
struct ProcNetRow {
    ProcNetFile file = ProcNetFile::Tcp;
    quint8 family = 0;               ///< AF_*
    std::optional<quint32> protocol; ///< IPPROTO_*, of netlink and Bluetooth their own; packet: ethertype, host order
    std::optional<quint8> type;      ///< SOCK_*
    /// As sock_diag numbers it: TCP's, also for unix; of an SCTP association SCTP's own.
    std::optional<quint8> state;
    ProcNetAddress local;             ///< SCTP: the first, or the primary one
    ProcNetAddress remote;            ///< likewise
    std::optional<quint16> localPort; ///< icmp: the identifier; phonet: the object; llc: the SAP
    std::optional<quint16> remotePort;
    std::optional<quint32> recvQueue; ///< octets; LISTEN of TCP: connections waiting for accept
    std::optional<quint32> sendQueue; ///< octets; LISTEN of TCP: not told
    std::optional<quint8> timer;      ///< as sock_diag's idiag_timer
    std::optional<quint64> expires;   ///< milliseconds, in steps of 10
    std::optional<quint32> retrans;
    std::optional<quint32> uid;       ///< SYN-RECV: the listener's; TIME-WAIT: not told
    std::optional<quint64> inode;     ///< 0 = the socket has no file; nothing = the file never tells
    std::optional<quint32> interface; ///< index, 0 = none; of the namespace the file was read in
    std::optional<quint32> portId;    ///< netlink
    /// Unix: a path, or '@' and an abstract name. A real name may begin with '@', and a NUL within came as '@'.
    std::optional<QByteArray> name;
    Forgery forgery = Forgery::Impossible;
    QByteArrayView line; ///< verbatim, without the newline that ends it; points into the text
};

/// Takes the rows off a text one after the other. Keep the text's bytes alive. @p order is that of the machine whose
/// kernel wrote it, which shows in addresses.
class ProcNetReader
{
public:
    explicit ProcNetReader(ProcNetFile file, QByteArrayView text, std::endian order = std::endian::native);

    /// Reads the next row that can be understood into @p row; false at the end.
    bool next(ProcNetRow &row);
    /// So many lines until now, the one with the titles not counted.
    quint32 notUnderstood() const { return m_notUnderstood; }

private:
    std::optional<QByteArrayView> lineAhead() const;
    bool understands(ProcNetRow &row, QByteArrayView line) const;
    bool isUnixRow(QByteArrayView line) const;
    void takeRestOfName(ProcNetRow &row);

    ProcNetFile m_file;
    std::endian m_order;
    QByteArrayView m_rest;
    // Of unix, where names can forge lines:
    const char *m_nameFrom = nullptr; ///< start of the name that the next line may belong to
    qsizetype m_pointerWidth = 0;     ///< of the first row's, which no name comes before
    bool m_pointersHidden = false;    ///< the first row's is all zeros
    quint32 m_notUnderstood = 0;
};

/// Calls @p visit(const ProcNetRow &) for each row. A last line without its newline was cut, maybe inside a number, so
/// it counts as not understood. Lines that are not understood are never guessed; returns how many there were.
template <typename Visit>
quint32 parseProcNet(ProcNetFile file, QByteArrayView text, Visit &&visit, std::endian order = std::endian::native)
{
    ProcNetReader reader(file, text, order);
    ProcNetRow row;
    while (reader.next(row))
        visit(std::as_const(row));
    return reader.notUnderstood();
}

/// Every word of a line, as ProcNetRow::line has it. Words that no column is for come with no field.
std::vector<DecodedText> decodeProcNetLine(ProcNetFile file, QByteArrayView line);

} // namespace socktree
