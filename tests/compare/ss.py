# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what ss -tuwxanpeiom0 --tos --cgroup --inet-sockopt prints, and the same of MPTCP and netlink."""
import re

from claim import Row, split_end

ASKED = [
    ["ss", "-H", "-tuwxanpeiom0", "--tos", "--cgroup", "--inet-sockopt"],
    ["ss", "-H", "-M", "-anpeiom", "--tos", "--cgroup", "--inet-sockopt"],
    ["ss", "-H", "-f", "netlink", "-anpem"],
]
NETIDS = "tcp|udp|raw|icmp6?|mptcp|dccp|sctp|udplite|u_str|u_dgr|u_seq|p_raw|p_dgr|nl|v_str|v_dgr|v_seq|xdp|\\?\\?\\?"
STATES = "[A-Z][A-Z0-9-]+"
OPENING = re.compile(rf"(?:({NETIDS}) +)?({STATES}) +(-?\d+) +(-?\d+) +(.*)", re.S)
HOLDER = re.compile(r'\("(.*?)",pid=(\d+),fd=(\d+)\)', re.S)
USERS = re.compile(r" ?users:\((.*,fd=\d+\))\)", re.S)
MEMORY = {"r": "rmem-alloc", "rb": "rcvbuf", "t": "wmem-alloc", "tb": "sndbuf", "f": "fwd-alloc", "w": "wmem-queued",
          "o": "optmem", "bl": "backlog", "d": "drops"}
# Words that stand in front of a colon and a number, and what the number counts.
NUMBERS = {
    "mss": "snd-mss", "pmtu": "pmtu", "rcvmss": "rcv-mss", "advmss": "advmss", "cwnd": "snd-cwnd",
    "ssthresh": "snd-ssthresh", "bytes_sent": "bytes-sent", "bytes_retrans": "bytes-retrans",
    "bytes_acked": "bytes-acked", "bytes_received": "bytes-received", "segs_out": "segs-out", "segs_in": "segs-in",
    "data_segs_out": "data-segs-out", "data_segs_in": "data-segs-in", "delivered": "delivered",
    "delivered_ce": "delivered-ce", "unacked": "unacked", "lost": "lost", "sacked": "sacked",
    "dsack_dups": "dsack-dups", "fackets": "fackets", "reordering": "reordering", "reord_seen": "reord-seen",
    "rcv_space": "rcv-space", "rcv_ssthresh": "rcv-ssthresh", "notsent": "notsent-bytes",
    "rcv_ooopack": "rcv-ooopack", "snd_wnd": "snd-wnd", "rcv_wnd": "rcv-wnd", "rehash": "rehash",
    "backoff": "backoff", "lastsnd": "last-data-sent", "lastrcv": "last-data-recv", "lastack": "last-ack-recv"}
# Milliseconds with a fraction, of a number of microseconds.
THOUSANDTHS = {"rto": "rto", "ato": "ato", "rcv_rtt": "rcv-rtt", "minrtt": "min-rtt"}
OPTIONS = {"ts": "ts", "sack": "sack", "ecn": "ecn", "ecnseen": "ecn-seen", "fastopen": "syn-data"}
MULTIPATH = ("subflows", "subflows_max", "add_addr_signal", "add_addr_accepted", "add_addr_signal_max",
             "add_addr_accepted_max", "token", "write_seq", "snd_una", "rcv_nxt", "local_addr_used", "local_addr_max",
             "csum_enabled", "retransmits")


def lines_to_rows(output, netid):
    """One text per row: a tab begins more of the row before, and a line that begins none is the rest of a name."""
    rows = []
    for line in output.split("\n"):
        opening = OPENING.match(line)
        if opening and (opening[1] or netid):
            rows.append(line)
        elif rows and line.startswith("\t"):
            rows[-1] += " " + line
        elif rows and line.strip():
            rows[-1] += "\n" + line
    return [(OPENING.match(row), row) for row in rows]


def holders(rest, fields):
    """Takes the holders out of a row's text."""
    users = USERS.search(rest)
    if users:
        found = [(int(pid), int(fd), name) for name, pid, fd in HOLDER.findall(users[1])]
        fields["holders"] = frozenset((pid, fd) for pid, fd, _ in found)
        fields["holder-names"] = frozenset((pid, name) for pid, _, name in found)
        rest = rest[:users.start()] + " " + rest[users.end():]
    else:
        fields["holders"] = frozenset()
    return rest


def number(pattern, rest, base=10):
    found = re.search(pattern, rest)
    return int(found[1], base) if found else None


def common(rest, fields):
    """What rows of all families may have."""
    memory = re.search(r"skmem:\(([^)]*)\)", rest)
    for letters, value in re.findall(r"([a-z]+)(\d+)", memory[1]) if memory else ():
        fields["mem." + MEMORY[letters]] = int(value)
    arrow = re.search(r"(?:^|\s)([<-])-([>-])(?:\s|$)", rest)
    if arrow:
        fields["shutdown"] = frozenset(word for word, closed in
                                       (("receive", arrow[1] == "-"), ("send", arrow[2] == "-")) if closed)


def extended(rest, fields):
    """-e, -o, --tos, --cgroup and --inet-sockopt of an internet socket."""
    for key, pattern, base in (("inode", r"\bino:(\d+)", 10), ("cookie", r"\bsk:([0-9a-f]+)", 16),
                               ("mark", r"\bfwmark:(\S+)", 0), ("inet.tos", r"\btos:(\w+)", 0),
                               ("inet.tclass", r"\btclass:(\w+)", 0), ("inet.class-id", r"\bclass_id:(\w+)", 0),
                               ("inet.v6only", r"\bv6only:(\d)", 10)):
        value = number(pattern, rest, base)
        if value is not None:
            fields[key] = value
    if fields.get("inode") == 0:
        del fields["inode"]  # what nobody has opened has no owner either
    elif "cookie" in fields:
        fields["uid"] = number(r"\buid:(\d+)", rest) or 0  # root is not printed
    cgroup = re.search(r"\bcgroup:(\S+)", rest)
    if cgroup:
        fields["cgroup"] = cgroup[1]
    timer = re.search(r"\btimer:\((\w+),[^,]*,(\d+)\)", rest)
    if timer:
        fields["timer"], fields["inet.retrans"] = timer[1], int(timer[2])
    elif "cookie" in fields:
        fields["timer"] = "off"
    options = re.search(r"inet-sockopt: \(([^)]*)\)", rest)
    if options:
        fields["sockopt"] = frozenset(options[1].split())


def tcp_info(rest, fields):
    """-i of a TCP socket. What ss works out by itself ("send 123bps") is no value of the kernel's."""
    for word, name in NUMBERS.items():
        value = number(rf"(?<![\w(,]){word}:(\d+)(?![\d.])", rest)
        if value is not None:
            fields["tcp." + name] = value
    for word, name in THOUSANDTHS.items():
        value = re.search(rf"(?<![\w(,]){word}:([\d.e+]+)", rest)
        if value:
            fields["tcp." + name] = ("%g", float(value[1]))
    rtt = re.search(r"(?<!\w)rtt:([\d.e+]+)/([\d.e+]+)", rest)
    if rtt:
        fields["tcp.rtt"], fields["tcp.rttvar"] = ("%g", float(rtt[1])), ("%g", float(rtt[2]))
    retrans = re.search(r"(?<!\w)retrans:(\d+)/(\d+)", rest)
    if retrans:
        fields["tcp.retrans"], fields["tcp.total-retrans"] = int(retrans[1]), int(retrans[2])
    scale = re.search(r"\bwscale:(\d+),(\d+)", rest)
    if scale:
        fields["tcp.snd-wscale"], fields["tcp.rcv-wscale"] = int(scale[1]), int(scale[2])
    for word, name in (("pacing_rate", "pacing-rate"), ("delivery_rate", "delivery-rate")):
        rate = re.search(rf"\b{word} (\d+)bps(?:/(\d+)bps)?", rest)
        if rate:
            fields["tcp." + name] = ("bps", int(rate[1]))
            if rate[2]:
                fields["tcp.max-pacing-rate"] = ("bps", int(rate[2]))
    for word, name in (("busy", "busy-time"), ("rwnd_limited", "rwnd-limited"), ("sndbuf_limited", "sndbuf-limited")):
        value = number(rf"(?<!\w){word}:(\d+)ms", rest)
        if value is not None:
            fields["tcp." + name] = ("ms", value)
    words = rest.split()
    if "tcp.snd-cwnd" in fields:
        fields["tcp.options"] = frozenset(name for word, name in OPTIONS.items() if word in words)
        fields["tcp.delivery-rate-app-limited"] = int("app_limited" in words)
    bbr = re.search(r"\bbbr:\(bw:(\d+)bps", rest)
    if bbr:
        fields["bbr.bw"] = ("bps", int(bbr[1]))


def congestion(rest, fields):
    """The algorithm is a bare word in front of the first "word:number" of -i."""
    found = re.search(r"(?:\s|^)([a-z_0-9]+) (?:wscale|rto|cwnd):", rest)
    if found and found[1] not in OPTIONS:
        fields["congestion"] = found[1]


def multipath(rest, fields):
    for word in MULTIPATH:
        found = re.search(rf"(?<!\w){word}:([0-9a-f]+)", rest)
        if found:
            base = 16 if word in ("token", "write_seq", "snd_una", "rcv_nxt") else 10
            fields["mptcpinfo." + word.replace("_", "-")] = int(found[1], base)


def internet(netid, ends, fields):
    local, remote, rest = ends.split(None, 2) if len(ends.split(None, 2)) == 3 else [*ends.split(), ""]
    local_address, local_port, device = split_end(local)
    remote_address, remote_port, _ = split_end(remote)
    fields.update({"protocol": netid, "local-address": local_address, "local-port": local_port,
                   "remote-address": remote_address, "remote-port": remote_port})
    if device:
        fields["interface"] = device
    rest = holders(rest, fields)
    common(rest, fields)
    extended(rest, fields)
    if netid == "tcp":
        congestion(rest, fields)
        tcp_info(rest, fields)
    if netid == "mptcp":
        multipath(rest, fields)
    if "cookie" in fields:
        return ("cookie", fields["cookie"])
    return ("ends", netid, (local_address, local_port), (remote_address, remote_port))


def unix(netid, ends, fields):
    found = re.match(r"(.*?) (\d+) +\* (\d+)(.*)", ends, re.S)
    rest = holders(found[4], fields)
    common(rest, fields)
    fields.update({"protocol": "unix", "type": {"u_str": "stream", "u_dgr": "dgram", "u_seq": "seqpacket"}[netid],
                   "inode": int(found[2]), "unix.peer": int(found[3]), "unix-name": found[1].strip(" ")})
    waiting = re.search(r"peers:((?: \d+)+)", rest)
    if waiting:
        fields["unix.icons"] = frozenset(map(int, waiting[1].split()))
    file = re.search(r"\bino:(\d+) dev:", rest)
    if file:
        fields["unix.vfs-inode"] = int(file[1])
    return ("inode", "unix", fields["inode"])


def packet(netid, ends, fields):
    found = re.match(r"(?:\[(\d+)\]|\*):(\S+) +\*(.*)", ends, re.S)  # '*' is every protocol, ETH_P_ALL
    rest = holders(found[3], fields)
    common(rest, fields)
    fields.update({"protocol": "packet", "type": {"p_raw": "raw", "p_dgr": "dgram"}[netid],
                   "packet.num": int(found[1] or 3), "interface": "" if found[2] == "*" else found[2]})
    for key, pattern, base in (("inode", r"\bino:(\d+)", 10), ("cookie", r"\bsk:([0-9a-f]+)", 16),
                               ("packet.version", r"\bver:(\d+)", 10),
                               ("packet.copy-thresh", r"\bcpy_thresh:(\d+)", 10),
                               ("packet.fanout-id", r"fanout\(id:(\d+)", 10),
                               ("packet.rx-block-size", r"ring_rx\(blk_size:(\d+)", 10)):
        value = number(pattern, rest, base)
        if value is not None:
            fields[key] = value
    return ("cookie", fields["cookie"]) if "cookie" in fields else ("inode", "packet", fields.get("inode", 0))


def netlink(ends, fields):
    found = re.match(r"(\d+):(-?\d+) +(\S+)(.*)", ends, re.S)
    rest = found[4]  # ss never prints who holds a netlink socket
    common(rest, fields)
    portid = int(found[2]) & 0xffffffff  # printed as if it had a sign
    fields.update({"protocol": "netlink", "netlink.protocol": int(found[1]), "netlink.portid": portid})
    if found[3] != "*":
        fields["netlink.dst-portid"] = int(found[3].split(":")[1]) & 0xffffffff
    groups = number(r"groups=0x([0-9a-f]+)", rest, 16)
    if groups is not None:
        fields["netlink.groups-low"] = groups
    return ("netlink", fields["netlink.protocol"], portid)


def read(output, only=None):
    """The rows of one output; @p only: the family, where ss leaves the first column out. The second value is what was
    not understood."""
    rows, strange = [], []
    for opening, text in lines_to_rows(output, only):
        netid = opening[1] or only
        fields = {"state": opening[2], "recv-q": int(opening[3]) & 0xffffffff, "send-q": int(opening[4]) & 0xffffffff}
        try:
            if netid.startswith("u_"):
                key = unix(netid, opening[5], fields)
            elif netid.startswith("p_"):
                del fields["state"]
                key = packet(netid, opening[5], fields)
            elif netid == "nl":
                del fields["state"]
                key = netlink(opening[5], fields)
            else:
                key = internet(netid, opening[5], fields)
        except (TypeError, ValueError, KeyError):
            strange.append(text)
            continue
        rows.append(Row(key, fields, netid + " " + " ".join(opening[5].split()[:2])))
    return rows, strange
