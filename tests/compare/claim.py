# SPDX-License-Identifier: GPL-3.0-or-later
"""What a tool says of one socket, in a spelling all tools share.

A row is (key, fields): the key finds our row, the fields are {id: value} with the ids of Socktree's JSON where it has
one. Values are int, str, frozenset or tuple, so that equal facts are equal values. What a tool does not print is not in
the fields, and is not compared.
"""
import ipaddress
from dataclasses import dataclass, field


@dataclass
class Row:
    """A row of a tool. Keys: ("cookie", n), ("inode", protocol, n), ("ends", protocol, local, remote)."""
    key: tuple
    fields: dict = field(default_factory=dict)
    shown: str = ""  # how to name it to a reader


def address(text):
    """An address without the brackets and device of its spelling; "" for any address of either family."""
    text = text.split("%")[0].strip("[]")
    if text in ("", "*", "0.0.0.0", "::"):
        return ""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError:
        return text


def plain(text):
    """The same, with IPv4 that is mapped into IPv6 as IPv4."""
    text = address(text)
    mapped = ipaddress.ip_address(text).ipv4_mapped if ":" in text else None
    return address(str(mapped)) if mapped else text


def port(text):
    return 0 if text in ("*", "") else int(text)


def split_end(text):
    """(address, port, device) of "[::1]:80", "127.0.0.1%lo:53" or "*:*"."""
    host, _, number = text.rpartition(":")
    device = host.partition("%")[2] if "%" in host else ""
    return address(host), port(number), device


def by_key(rows):
    """The rows by key, and how many were dropped since others have the same key and they cannot be told apart."""
    found, doubles = {}, set()
    for row in rows:
        if row.key in found and found[row.key].fields != row.fields:
            doubles.add(row.key)
        found[row.key] = row
    dropped = sum(row.key in doubles for row in rows)
    return {key: row for key, row in found.items() if key not in doubles}, dropped
