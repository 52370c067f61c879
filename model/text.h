// SPDX-License-Identifier: GPL-3.0-or-later
// Values into words: hostile bytes made visible, addresses, sizes, durations, states.
#pragma once

#include "collector/capture/record.h"
#include "collector/decode/field.h"
#include "collector/snapshot/snapshot.h"
#include "collector/snapshot/socket.h"

#include <QtCore/QByteArray>
#include <QtCore/QString>

#include <optional>

class QDateTime;

namespace socktree {

/// Bytes from a process or socket as text that cannot lie: UTF-8 where valid; control, bidi and other invisible
/// characters, invalid bytes and the backslash itself as \n, \t, \\, \xNN or \u{NNNN}. Reversible. One line always.
QString visible(const QByteArray &bytes);
/// Arguments joined by blanks, each made visible.
QString commandLine(const Process &process);
/// As ss -n prints it; "*" for the wildcard of a dual-stack socket is not used: "0.0.0.0", "::". A node's number.
QString addressText(const Address &address);
/// "127.0.0.1:443", "[::1]:443"; '*' for a port of 0.
QString endText(const Address &address, quint32 port);
/// Name of a UNIX socket as ss prints it: '@' for an abstract name's first NUL.
QString unixName(const QByteArray &name);
/// "rdwr nonblock cloexec"; empty if they are not told.
QString flagsText(const Holder &holder);
/// State as ss prints it for this family and protocol: "ESTAB", "LISTEN", "COOKIE-WAIT" …, or its number; empty if not
/// told.
QString stateName(const Socket &socket);
/// "tcp", "netlink"; of what has no name of its own here the name that its descriptor told: "alg".
QString protocolName(const Snapshot &snapshot, const Socket &socket);
/// "ipv4", "ipv6", "unix", "netlink" …, or a number that is new to us; empty if not told.
QString familyName(const Socket &socket);
/// "stream", "dgram", "raw", "seqpacket" …; empty if not told.
QString typeName(const Socket &socket);
/// "keepalive", of SCTP "t3-rtx"; or the number.
QString timerName(const Socket &socket);
/// Name of the process: basename of the executable's first argument is not used; comm as the kernel has it, made
/// visible.
QString processName(const Process &process);
/// The same for the screen, where a nameless process would be an empty row: the program of its command line, else
/// "(no name)".
QString shownName(const Process &process);
/// "nginx (4711)", its name as shownName() has it.
QString nameAndPid(const Process &process);
/// User name, or the number.
QString userName(const Snapshot &snapshot, quint32 uid);
/// Compact for a cell: "1.2 MB/s", "340 µs". Exact for tooltips.
QString compact(double value, Unit unit);
/// What a value stands for may depend on the state of its socket; see Sentinel.
QString exact(const Field &field, quint64 raw, std::optional<quint8> state = std::nullopt);
/// As exact(), but times and rates short: "1.23 ms".
QString spelled(const Field &field, quint64 raw, std::optional<quint8> state = std::nullopt);
/// What a field says that is no number, as bytesOf() gives it: text made visible, "10.0.0.1:443", "[::1]:443",
/// "[fe80::1%2]:443" with the interface's index, "01:00:5e:00:00:01"; an address of another family in hexadecimal.
QString bytesText(const Field &field, Bytes bytes);
/// In UTC.
QDateTime dateTime(WallTime time);
/// For the screen: "2026-03-01 14:05:09 CET", in this machine's zone, which is named.
QString timeText(WallTime time);
/// Digits and the name of their unit: "1234 µs", "7 packets".
QString withUnitName(const QString &digits, Unit unit);

} // namespace socktree
