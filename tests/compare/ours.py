# SPDX-License-Identifier: GPL-3.0-or-later
"""Reads socktree --list --format json, and spells its values as claim.Row does."""
import re

from claim import address, plain

# Words of the JSON that stand for a number of the kernel's.
WORDS = {"not measured": 0, "none yet": 0, "not recorded": 0, "none": 0, "off": 0, "no": 0, "yes": 1,
         "no sample": 0xffffffff, "infinite": 0x7fffffff, "unlimited": 0xffffffffffffffff}
# Names of numbers, as the headers of Linux have them in capitals.
NAMES = {
    "netlink.protocol": {"route": 0, "usersock": 2, "sock-diag": 4, "nflog": 5, "xfrm": 6, "selinux": 7, "iscsi": 8,
                         "audit": 9, "fib-lookup": 10, "connector": 11, "netfilter": 12, "ip6-fw": 13,
                         "kobject-uevent": 15, "generic": 16, "scsi-transport": 18, "ecryptfs": 19, "rdma": 20,
                         "crypto": 21, "smc": 22},
    "netlink.portid": {"kernel": 0}, "netlink.dst-portid": {"kernel": 0}, "packet.if": {"any": 0},
    "packet.num": {"all": 0x3, "ip": 0x800, "arp": 0x806, "vlan": 0x8100, "ipv6": 0x86dd, "pppoe-discovery": 0x8863,
                   "pppoe-session": 0x8864, "eapol": 0x888e, "lldp": 0x88cc},
    "packet.version": {"tpacket-v1": 0, "tpacket-v2": 1, "tpacket-v3": 2},
}
ESCAPED = re.compile(r"\\(?:x([0-9a-f]{2})|u\{([0-9a-f]+)\}|(.))", re.S)
# Of ss's names for socket options, those that are not the kernel's with another dash.
SOCKOPTS = {"bind_addr_no_port": "bind-address-no-port"}


def unescaped(text):
    """The bytes a shown name stands for, each as one character."""
    def one(found):
        if found[1]:
            return chr(int(found[1], 16))
        if found[2]:
            return chr(int(found[2], 16)).encode().decode("latin-1")
        return {"n": "\n", "t": "\t"}.get(found[3], found[3])
    return ESCAPED.sub(one, text.encode().decode("latin-1"))


def value(row, name):
    """A column or an attribute; None if it is absent."""
    return row[name] if name in row else row.get("attributes", {}).get(name)


def number(row, name):
    found = value(row, name)
    if isinstance(found, str):
        words = NAMES.get(name, WORDS)
        if found in words:
            return words[found]
        try:
            return int(found, 0)
        except ValueError:
            return found
    return found


def holders(row, with_threads=True):
    # Of who has it registered with a ring, the descriptor leads to no socket; of who maps its ring, there is none.
    return frozenset((one["pid"], one["fd"]) for one in row.get("holders", ())
                     if (with_threads or one.get("tid", one["pid"]) == one["pid"])
                     and not one.get("registered") and not one.get("mapped"))


def local_port(row):
    """Where others have their port, the kernel keeps the protocol of a raw socket."""
    if row.get("protocol") == "raw":
        return value(row, "inet.sport") or value(row, "proc-inet.local-port") or 0
    return row.get("local-port", 0)


def protocol_of(row):
    return {"icmp": "ping"}.get(row.get("protocol", ""), row.get("protocol", ""))


def names(row):
    return frozenset((one["pid"], unescaped(one["process"])) for one in row["holders"])


def groups_low(row):
    """The first 32 groups as bits; the first of all groups is 1. A socket that never joined any is sent without."""
    found = value(row, "netlink.groups")
    if not isinstance(found, list):
        return 0 if found in (None, "none") else found
    return sum(1 << (int(group) - 1) for group in found if int(group) <= 32)


def keys(row):
    """Every key by which a tool may name this row."""
    protocol, found = protocol_of(row), []
    if row.get("cookie"):
        found.append(("cookie", int(row["cookie"], 16)))
    if row.get("inode"):
        found.append(("inode", protocol, row["inode"]))
    local = address(row.get("local-address", "")), local_port(row)
    remote = address(row.get("remote-address", "")), row.get("remote-port", 0)
    if protocol not in ("unix", "unknown"):
        found.append(("ends", protocol, local, remote))
    if protocol == "netlink":
        portid = number(row, "netlink.portid")
        if portid is not None:
            found.append(("netlink", number(row, "netlink.protocol"), portid))
    return found


SPECIAL = {
    "protocol": protocol_of,
    "local-address": lambda row: address(row.get("local-address", "")),
    "remote-address": lambda row: address(row.get("remote-address", "")),
    "local-plain-address": lambda row: plain(row.get("local-address", "")),
    "remote-plain-address": lambda row: plain(row.get("remote-address", "")),
    "local-port": local_port,
    # A row that was read from a file has it by the file's name.
    "mem.drops": lambda row: value(row, "proc-inet.drops" if row.get("source") == "proc_net" else "mem.drops"),
    "remote-port": lambda row: row.get("remote-port", 0),
    "unix-name": lambda row: unescaped(row.get("local-address") or row.get("unix-path") or ""),
    "cookie": lambda row: int(row["cookie"], 16) if row.get("cookie") else None,
    "timer": lambda row: value(row, "inet.timer"),
    "holders": holders,
    "holder-names": names,
    "interface": lambda row: row.get("interface", ""),
    "netlink.groups-low": groups_low,
    # Words say why there is none.
    "unix.peer": lambda row: one if isinstance(one := number(row, "unix.peer"), int) else 0,
    "mark": lambda row: row.get("mark", 0),
}


def told(row, name, theirs):
    """Our value for a field, spelled as @p theirs is; None if we do not tell it."""
    if name in SPECIAL:
        return SPECIAL[name](row)
    if name == "sockopt":
        on = frozenset(key[8:] for key, one in row["attributes"].items() if key.startswith("sockopt.") and one == "yes")
        spelled = {SOCKOPTS.get(word, word.replace("_", "-")): word for word in theirs}
        return frozenset(spelled.get(word, word.replace("-", "_")) for word in on)
    if name == "shutdown":
        found = value(row, "unix.shutdown" if protocol_of(row) == "unix" else "inet.shutdown")
        return None if found is None else frozenset(found)
    found = value(row, name)
    if found is None:
        return None
    if name == "tcp.options":
        # The scale is compared as a number, and ss has no word for the rest.
        return frozenset(found) & frozenset(("ts", "sack", "ecn", "ecn-seen", "syn-data"))
    if isinstance(found, list):
        return frozenset(int(one) for one in found)
    found = number(row, name)
    if isinstance(theirs, tuple) and isinstance(found, (int, float)):
        unit = theirs[0]
        if unit == "%g":
            return (unit, float("%g" % (found / 1000)))
        if unit == "bps":
            return (unit, int(float(found) * 8))
        return (unit, int(found // 1000))
    return found
