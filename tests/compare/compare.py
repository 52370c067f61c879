# SPDX-License-Identifier: GPL-3.0-or-later
"""Compares what ss, /proc/net and lsof give with what Socktree gives, value by value, for the same moment.

Each tool is asked before and after Socktree. What a tool says twice alike was so all the time, and Socktree must say it
too; what changed in between is counted and not compared.
"""
import argparse
import collections
import json
import os
import shutil
import subprocess
import sys

import allowed
import claim
import lsof
import ours
import proc_net
import ss

HERE = os.path.dirname(os.path.abspath(__file__))
TOP = os.path.dirname(os.path.dirname(HERE))


def output_of(command, prefix, may_fail=False):
    """What a command writes, with every byte as one character."""
    done = subprocess.run(prefix + command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
    if done.returncode != 0 and not may_fail:
        sys.exit(f"tests/compare: {' '.join(command)} ended with {done.returncode}: {done.stderr.decode(errors='replace')}")
    return done.stdout.decode("latin-1")


def ask_ss(prefix):
    rows, strange = [], []
    for command, only in zip(ss.ASKED, (None, "mptcp", "nl")):
        more, unread = ss.read(output_of(command, prefix), only)
        rows += more
        strange += unread
    return *claim.by_key(rows), strange


def ask_proc_net(prefix):
    rows, strange = [], []
    for name in proc_net.FILES:
        more, unread = proc_net.read(name, output_of(["cat", "/proc/net/" + name], prefix, may_fail=True))
        rows += more
        strange += unread
    return *claim.by_key(rows), strange


def ask_lsof(prefix):
    # It ends with 1 where there is nothing to list.
    rows, strange = lsof.read(output_of(lsof.ASKED, prefix, may_fail=True))
    return *claim.by_key(rows), strange


def ask_ours(program, prefix):
    """Our rows of the namespace that the tools look into. It ends with 1 or 3 where a family could not be had whole."""
    output = output_of([program, "--list", "--format", "json"], prefix, may_fail=True)
    try:
        list_of_all = json.loads(output.encode("latin-1"))
    except ValueError:
        sys.exit(f"tests/compare: {program} --list gave no JSON: {output[:200]!r}")
    home = list_of_all.get("netns")
    return [row for row in list_of_all["sockets"] if row.get("netns-id", home) == home]


def index(rows):
    """Our rows by every key; several rows where a key is no name of one."""
    found = collections.defaultdict(list)
    for row in rows:
        for key in ours.keys(row):
            found[key].append(row)
    return found


class Report:
    """The comparison with one tool."""

    def __init__(self, tool):
        self.tool = tool
        self.rows = self.values = self.moved = 0
        self.unlisted = collections.Counter()
        self.passed = collections.Counter()
        self.wrong = []
        self.strange = []
        self.alike = 0

    def judge(self, name, row, theirs, their_value, our_value):
        line = allowed.allowed(self.tool, name, row, theirs.fields, their_value, our_value)
        if line:
            self.passed[id(line)] += 1
        else:
            self.wrong.append((theirs.shown, name, their_value, our_value))

    def compare(self, before, after, mine, protocols):
        """@p mine: our rows by key; @p protocols: those we list at all."""
        for key, theirs in before.items():
            later = after.get(key)
            if later is None:
                self.moved += 1
                continue
            rows = mine.get(key, ())
            if len(rows) != 1:
                protocol = theirs.fields["protocol"]
                if protocol in protocols or rows:
                    self.judge("row", None, theirs, "a row", f"{len(rows)} rows")
                else:
                    self.unlisted[protocol] += 1
                continue
            self.rows += 1
            for name, value in theirs.fields.items():
                if later.fields.get(name) != value:
                    self.moved += 1
                    continue
                self.values += 1
                told = ours.told(rows[0], name, value)
                if told != value:
                    self.judge(name, rows[0], theirs, value, told)

    def confirm(self, again):
        """Keeps those disagreements that another look at the same shows, too."""
        seen = {(shown, name) for shown, name, _, _ in again.wrong}
        kept = [one for one in self.wrong if one[:2] in seen]
        self.moved += len(self.wrong) - len(kept)
        self.wrong = kept

    def print(self):
        print(f"\n{self.tool}: {self.rows} rows and {self.values} values compared, {self.moved} changed meanwhile, "
              f"{len(self.wrong)} disagreements")
        for protocol, count in sorted(self.unlisted.items()):
            print(f"  {count} rows of {protocol}, which Socktree does not list")
        if self.alike:
            print(f"  {self.alike} rows that cannot be told from another")
        for text in self.strange:
            print(f"  not understood: {text.strip()[:150]!r}")
        for shown, name, theirs, mine in self.wrong:
            print(f"  {shown!r}: {name} is {spelled(theirs)} there and {spelled(mine)} here")


def spelled(value):
    if value is None:
        return "absent"
    if isinstance(value, frozenset):
        return "{" + ", ".join(sorted(map(repr, value))) + "}"
    if isinstance(value, tuple):
        return repr(value[1])
    return repr(value)


def only_ours(report, first, middle, last, before, after):
    """Rows that were there all the time, of what the tool was asked for, and that it does not have."""
    asked = {"tcp", "udp", "unix", "mptcp"}
    known = index(first), index(last)
    for row in middle:
        keys = ours.keys(row)
        if row["protocol"] not in asked or not keys:
            continue
        if not all(any(len(rows[key]) == 1 for key in keys) for rows in known):
            continue
        if not any(key in before or key in after for key in keys):
            theirs = claim.Row(keys[0], {}, f"{row['protocol']} {keys[0]}")
            report.judge("row", row, theirs, None, "a row")


def arguments():
    parser = argparse.ArgumentParser(prog="tests/compare/run", description=__doc__)
    parser.add_argument("socktree", nargs="?", default=os.path.join(TOP, "build/dev/app/socktree"),
                        help="the program (default: that of the dev preset)")
    parser.add_argument("--netns", metavar="NAME", help="a network namespace of ip-netns; takes root")
    parser.add_argument("--situations", metavar="MKSOCKETS",
                        help="has this mksockets make every situation meanwhile")
    return parser.parse_args()


def compare_once(program, prefix, tools):
    first = ask_ours(program, prefix)
    before = {tool: ask(prefix) for tool, ask in tools.items()}
    middle = ask_ours(program, prefix)
    after = {tool: ask(prefix) for tool, ask in tools.items()}
    last = ask_ours(program, prefix)
    mine = index(middle)
    protocols = {ours.protocol_of(row) for row in middle}
    reports = []
    for tool in tools:
        report = Report(tool)
        _, report.alike, report.strange = before[tool]
        report.compare(before[tool][0], after[tool][0], mine, protocols)
        if tool == "ss":
            only_ours(report, first, middle, last, before[tool][0], after[tool][0])
        reports.append(report)
    return reports


def main():
    asked = arguments()
    prefix = ["ip", "netns", "exec", asked.netns] if asked.netns else []
    if not os.access(asked.socktree, os.X_OK):
        sys.exit(f"tests/compare: there is no program {asked.socktree}")
    made = None
    if asked.situations:
        made = subprocess.Popen(prefix + [asked.situations, "all"], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        while made.stdout.readline().strip():
            pass

    tools = {"ss": ask_ss, "proc_net": ask_proc_net}
    if shutil.which("lsof"):
        tools["lsof"] = ask_lsof
    reports = compare_once(asked.socktree, prefix, tools)
    for _ in range(2):
        # A value that goes to and fro can be the same before and after and another in between, but not every time.
        if any(report.wrong for report in reports):
            for report, again in zip(reports, compare_once(asked.socktree, prefix, tools)):
                report.confirm(again)
    if made:
        made.stdin.close()
        made.wait()
    for report in reports:
        report.print()
    if "lsof" not in tools:
        print("\nlsof: not installed, so not compared")

    print("\nAllowed differences (times seen; tool; of what; field; reason; what shows it):")
    for line in allowed.ALLOWED:
        times = sum(report.passed[id(line)] for report in reports)
        print(f"  {times:4}  {'/'.join(line.tools)}; {line.kind}; {line.field}; {line.reason}; mksockets {line.situation}")
    return 1 if any(report.wrong or report.strange for report in reports) else 0


if __name__ == "__main__":
    sys.exit(main())
