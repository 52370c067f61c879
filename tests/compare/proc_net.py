# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads the files of /proc/net that list sockets."""
import ipaddress
import sys

from claim import Row, address

FILES = ("tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6", "unix", "packet", "netlink")
STATES = ("", "ESTAB", "SYN-SENT", "SYN-RECV", "FIN-WAIT-1", "FIN-WAIT-2", "TIME-WAIT", "UNCONN", "CLOSE-WAIT",
          "LAST-ACK", "LISTEN", "CLOSING", "SYN-RECV")
# Numbers of struct socket, which knows no TCP. A listener has a flag instead.
UNIX_STATES = {1: "UNCONN", 2: "SYN-SENT", 3: "ESTAB", 4: "CLOSING"}
UNIX_ACCEPTS = 0x10000
UNIX_TYPES = {1: "stream", 2: "dgram", 5: "seqpacket"}
PACKET_TYPES = {2: "dgram", 3: "raw", 10: "packet"}
TIMERS = ("off", "on", "keepalive", "timewait", "persist", "delack")


def end(text):
    """An address and a port. The address is in words of 32 bits in this machine's byte order."""
    host, _, number = text.partition(":")
    words = bytes.fromhex(host)
    if sys.byteorder == "little":
        words = b"".join(words[i:i + 4][::-1] for i in range(0, len(words), 4))
    return address(str(ipaddress.ip_address(words))), int(number, 16)


def internet(name, words):
    protocol = name.rstrip("6")
    (local, local_port), (remote, remote_port) = end(words[1]), end(words[2])
    protocol = "ping" if protocol == "icmp" else protocol
    queues, timer = words[4].split(":"), words[5].split(":")
    inode = int(words[9])
    fields = {"protocol": protocol, "local-address": local, "local-port": local_port, "remote-address": remote,
              "remote-port": remote_port, "state": STATES[int(words[3], 16)], "send-q": int(queues[0], 16),
              "recv-q": int(queues[1], 16)}
    if inode:
        # What has no inode has no owner either, and 0 says nothing.
        fields["inode"], fields["uid"] = inode, int(words[7])
    if protocol == "tcp":
        fields["timer"], fields["inet.retrans"] = TIMERS[int(timer[0], 16)], int(words[6], 16)
    else:
        fields["mem.drops"] = int(words[12])
    key = ("inode", protocol, inode) if inode else ("ends", protocol, (local, local_port), (remote, remote_port))
    return Row(key, fields, f"{name} {words[1]} {words[2]} inode {inode}")


def unix(words, path):
    flags, inode = int(words[3], 16), int(words[6])
    state = "LISTEN" if flags & UNIX_ACCEPTS else UNIX_STATES.get(int(words[5], 16), words[5])
    fields = {"protocol": "unix", "inode": inode, "state": state, "type": UNIX_TYPES[int(words[4], 16)],
              "unix-name": path}
    # Several may have no inode yet; the first word is one's own, though it tells nothing else.
    key = ("inode", "unix", inode) if inode else ("inode", "unix", 0, words[0])
    return Row(key, fields, f"unix inode {inode} {path[:40]}")


def packet(words):
    fields = {"protocol": "packet", "type": PACKET_TYPES[int(words[2])], "packet.num": int(words[3], 16),
              "packet.if": int(words[4]), "mem.rmem-alloc": int(words[6]), "uid": int(words[7]),
              "inode": int(words[8])}
    return Row(("inode", "packet", fields["inode"]), fields, f"packet inode {words[8]}")


def netlink(words):
    fields = {"protocol": "netlink", "netlink.protocol": int(words[1]), "netlink.portid": int(words[2]),
              "netlink.groups-low": int(words[3], 16), "mem.rmem-alloc": int(words[4]),
              "mem.wmem-alloc": int(words[5]), "mem.drops": int(words[8]), "inode": int(words[9])}
    return Row(("inode", "netlink", fields["inode"]), fields, f"netlink inode {words[9]}")


def read(name, text):
    """The rows of one file. A name with a newline is the last thing of its line, and breaks it in two."""
    rows, strange = [], []
    lines = text.split("\n")[1:]
    for line in filter(None, lines):
        try:
            if name == "unix":
                if line[:1].isspace() or ": " not in line[:40]:
                    raise ValueError(line)
                words = line.split(None, 7)
                rows.append(unix(words, words[7] if len(words) > 7 else ""))
            elif name == "packet":
                rows.append(packet(line.split()))
            elif name == "netlink":
                rows.append(netlink(line.split()))
            else:
                rows.append(internet(name, line.split()))
        except (ValueError, IndexError, KeyError):
            if name == "unix" and rows:
                rows[-1].fields["unix-name"] += "\n" + line
            else:
                strange.append(line)
    return rows, strange
