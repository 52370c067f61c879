# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads what lsof -nP -i -U -F…0 prints: fields that begin with a letter and end with a NUL, a line for each descriptor."""
from claim import Row, plain, split_end

ASKED = ["lsof", "-nP", "-i", "-U", "-FpfcuftTdinP0"]
STATES = {"ESTABLISHED": "ESTAB", "SYN_SENT": "SYN-SENT", "SYN_RECV": "SYN-RECV", "SYN_RCDV": "SYN-RECV",
          "FIN_WAIT1": "FIN-WAIT-1", "FIN_WAIT2": "FIN-WAIT-2", "TIME_WAIT": "TIME-WAIT", "CLOSE": "UNCONN",
          "CLOSED": "UNCONN", "CLOSE_WAIT": "CLOSE-WAIT", "LAST_ACK": "LAST-ACK", "LISTEN": "LISTEN",
          "CLOSING": "CLOSING"}
PROTOCOLS = {"UDPLITE": "udplite", "ICMP": "ping", "ICMPV6": "ping"}


def ends(name):
    local, _, remote = name.partition("->")
    found = {}
    for which, text in (("local", local), ("remote", remote)):
        if text:
            host, number, _ = split_end(text)
            found[which + "-plain-address"], found[which + "-port"] = plain(host), number
    return found


def internet(values):
    protocol = values.get("P", "").strip()
    protocol = PROTOCOLS.get(protocol, protocol.lower())
    inode = int(values["d"])
    fields = {"protocol": protocol, "inode": inode, "family": {"IPv4": "ipv4", "IPv6": "ipv6"}[values["t"]]}
    fields.update(ends(values["n"].split(" ")[0]))
    for told in values["T"]:
        what, _, value = told.partition("=")
        if what == "ST":
            fields["state"] = STATES.get(value, value)
        elif what in ("QR", "QS"):
            fields["recv-q" if what == "QR" else "send-q"] = int(value)
    return Row(("inode", protocol, inode), fields, f"{protocol} {values['n']}")


def unix(values):
    inode = int(values["i"])
    fields = {"protocol": "unix", "inode": inode}
    name, mark, kind = values["n"].rpartition(" type=")
    if mark:
        fields["type"] = {"STREAM": "stream", "DGRAM": "dgram", "SEQPACKET": "seqpacket"}.get(kind.split(" ")[0], kind)
    return Row(("inode", "unix", inode), fields, f"unix {name[:60]}")


def read(output):
    """One row per socket, with all holders that lsof names."""
    rows, strange, pid = {}, [], 0
    holders = {}
    for line in output.split("\0\n"):
        values = {"T": []}
        for text in line.split("\0"):
            if text[:1] == "T":
                values["T"].append(text[1:])
            elif text:
                values.setdefault(text[0], text[1:])
        if "p" in values:
            pid = int(values["p"])
        if "f" not in values or not values["f"].isdigit():
            continue
        try:
            row = unix(values) if values.get("t") == "unix" else internet(values)
        except (KeyError, ValueError):
            strange.append(repr(line))
            continue
        rows[row.key] = row
        holders.setdefault(row.key, set()).add((pid, int(values["f"])))
    for key, row in rows.items():
        row.fields["holders"] = frozenset(holders[key])
    return list(rows.values()), strange
