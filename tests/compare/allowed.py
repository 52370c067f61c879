# SPDX-License-Identifier: GPL-3.0-or-later
"""Where a tool and Socktree may differ, and why. What is not in this table is a disagreement."""
from dataclasses import dataclass
from typing import Callable


@dataclass
class Allowed:
    tools: tuple
    kind: str
    field: str  # "row": one of the two has no such row
    reason: str
    situation: str  # of mksockets, which shows it
    applies: Callable  # (our row or None, their fields, their value, our value)


def comm_cut(row, fields, theirs, mine):
    """ss cuts a name at its first ')'."""
    cut = frozenset((pid, name.split(")")[0]) for pid, name in mine)
    return cut == frozenset((pid, name.split(")")[0]) for pid, name in theirs)


def first_threads_only(row, fields, theirs, mine):
    """All that the tool names, we name, and what it lacks is in the table of another thread."""
    lacking = mine - theirs
    others = frozenset((one["pid"], one["fd"]) for one in row["holders"] if one.get("tid", one["pid"]) != one["pid"])
    return theirs <= mine and lacking <= others


def unconnected_tcp(row):
    """Bound and no more, disconnected or reset."""
    return row["protocol"] in ("tcp", "mptcp") and row.get("state") == "UNCONN"


ALLOWED = [
    Allowed(("ss",), "any, held by a process with ')' in its name", "holder-names",
            "ss takes the name out of /proc/PID/stat, up to the first ')'", "hostile-name", comm_cut),
    Allowed(("ss", "lsof"), "any, held by a thread with a table of its own, or whose first thread has ended", "holders",
            "both read /proc/PID/fd, the table of the first thread alone", "own-table, dead-leader",
            first_threads_only),
    Allowed(("ss",), "UNIX with a NUL within its name", "unix-name",
            "ss prints every NUL as '@', Socktree the first one only", "unix-abstract",
            lambda row, fields, theirs, mine: mine.replace("\0", "@") == theirs),
    Allowed(("proc_net",), "UNIX with a NUL within its name", "unix-name",
            "/proc/net/unix writes every NUL as '@'", "unix-abstract",
            lambda row, fields, theirs, mine: mine.replace("\0", "@") == theirs),
    Allowed(("ss",), "UNIX without a name", "unix-name", "ss prints '*'", "unix-pairs",
            lambda row, fields, theirs, mine: theirs == "*" and mine == ""),
    Allowed(("proc_net", "lsof"), "TCP that listens", "send-q",
            "/proc/net/tcp gives 0, sock_diag the limit of the accept queue", "tcp-listen-v4",
            lambda row, fields, theirs, mine: fields["state"] == "LISTEN" and theirs == 0),
    Allowed(("proc_net",), "TCP in SYN-RECV", "inet.retrans",
            "/proc/net/tcp counts timeouts, sock_diag what was sent again; a listener that waits for data sends nothing",
            "tcp-syn-recv", lambda row, fields, theirs, mine: fields["state"] == "SYN-RECV" and theirs >= mine),
    Allowed(("proc_net",), "UNIX connection that waits to be accepted", "row",
            "it has no inode yet, and sock_diag leaves such out; the listener's queue counts it", "unix-pending",
            lambda row, fields, theirs, mine: fields.get("protocol") == "unix" and fields.get("inode") == 0),
    Allowed(("ss",), "TCP that is bound and neither listens nor is connected", "row",
            "ss 6.1 does not ask for it (bit 13 of the states, Linux 6.8)", "tcp-bound",
            lambda row, fields, theirs, mine: row is not None and row["protocol"] == "tcp"
            and row.get("state") == "UNCONN"),
    Allowed(("ss",), "TCP that is not connected any more", "send-q",
            "ss 6.8 and later with -B print what is left of two counters of an earlier connection; nothing is on its way",
            "tcp-disconnected", lambda row, fields, theirs, mine: unconnected_tcp(row) and mine is None),
    Allowed(("ss",), "TCP that was disconnected", "remote-address",
            "ss prints the address of an earlier connection, whose port the kernel took away", "tcp-disconnected",
            lambda row, fields, theirs, mine: unconnected_tcp(row) and fields["remote-port"] == 0 and not mine),
    Allowed(("ss",), "a descriptor whose socket no dump describes", "row",
            "ss starts from the dumps, Socktree from the descriptors as well", "udp-never-bound, other-namespace",
            lambda row, fields, theirs, mine: row is not None and row.get("source", "descriptor") == "descriptor"),
    Allowed(("proc_net",), "the kernel's own socket of sock_diag", "mem.rmem-alloc",
            "it holds the very question that lists it", "netlink",
            lambda row, fields, theirs, mine: fields.get("netlink.protocol") == 4 and fields.get("netlink.portid") == 0),
]


def allowed(tool, name, row, fields, theirs, mine):
    """The line of the table that lets this pass, or None."""
    for line in ALLOWED:
        if tool in line.tools and line.field == name:
            try:
                if line.applies(row, fields, theirs, mine):
                    return line
            except (TypeError, AttributeError, KeyError):
                continue
    return None
