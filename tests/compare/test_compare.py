# SPDX-License-Identifier: GPL-3.0-or-later
"""The readers on literal lines, and the judge on rows that differ: a comparison that sees nothing would agree, too."""
import unittest

import allowed
import claim
import compare
import lsof
import ours
import proc_net
import ss

TCP = ('tcp   ESTAB 500 0 127.0.0.1%lo:47504 127.0.0.1:38981 users:(("a b",pid=3,fd=14),("c)",pid=4,fd=5)) '
       'timer:(keepalive,1min37sec,2) uid:7 ino:142 sk:1f fwmark:0x4d cgroup:/x <-- tos:0x10 class_id:0 cgroup:/x\n'
       '\tinet-sockopt: ( is_icsk mc_loop)\n'
       '\t skmem:(r832,rb131072,t0,tb39840,f3264,w0,o0,bl0,d2) ts sack bbr wscale:10,9 rto:204 rtt:0.038/0.021 mss:1000 '
       'cwnd:11 bytes_sent:4000 bbr:(bw:16bps,mrtt:0.008) send 99bps lastsnd:3 pacing_rate 800bps/1600bps '
       'busy:5ms app_limited retrans:1/2 minrtt:0.008\n')
ROW = {"protocol": "tcp", "state": "ESTAB", "recv-q": 500, "send-q": 0, "local-address": "127.0.0.1", "local-port": 47504,
       "remote-address": "127.0.0.1", "remote-port": 38981, "interface": "lo", "inode": 142, "cookie": "0x1f", "uid": 7,
       "mark": 77, "cgroup": "/x", "congestion": "bbr",
       "holders": [{"process": "a b", "pid": 3, "fd": 14}, {"process": "c)d", "pid": 4, "fd": 5}],
       "attributes": {
           "inet.timer": "keepalive", "inet.retrans": 2, "inet.tos": 16, "inet.class-id": 0, "inet.shutdown": ["send"],
           "sockopt.is-icsk": "yes", "sockopt.mc-loop": "yes", "sockopt.freebind": "no",
           "mem.rmem-alloc": 832, "mem.rcvbuf": 131072, "mem.wmem-alloc": 0, "mem.sndbuf": 39840, "mem.fwd-alloc": 3264,
           "mem.wmem-queued": 0, "mem.optmem": 0, "mem.backlog": 0, "mem.drops": 2,
           "tcp.options": ["ts", "sack", "wscale"], "tcp.snd-wscale": 10, "tcp.rcv-wscale": 9, "tcp.rto": 204000,
           "tcp.rtt": 38, "tcp.rttvar": 21, "tcp.snd-mss": 1000, "tcp.snd-cwnd": 11, "tcp.bytes-sent": 4000,
           "bbr.bw": 2, "tcp.last-data-sent": 3, "tcp.pacing-rate": 100, "tcp.max-pacing-rate": 200,
           "tcp.busy-time": 5400, "tcp.delivery-rate-app-limited": "yes", "tcp.retrans": 1, "tcp.total-retrans": 2,
           "tcp.min-rtt": 8}}


def compared(tool, rows, mine):
    report = compare.Report(tool)
    found, _ = claim.by_key(rows)
    report.compare(found, found, compare.index(mine), {ours.protocol_of(row) for row in mine})
    return report


class Readers(unittest.TestCase):
    def test_ss_and_ours_spell_alike(self):
        rows, strange = ss.read(TCP)
        self.assertEqual(strange, [])
        report = compared("ss", rows, [ROW])
        self.assertEqual(report.wrong, [])
        self.assertEqual((report.rows, sum(report.passed.values())), (1, 1))
        self.assertGreater(report.values, 45)

    def test_every_value_that_differs_is_seen(self):
        fields = ss.read(TCP)[0][0].fields
        for name, value in ROW["attributes"].items():
            wrong = {**ROW, "attributes": {**ROW["attributes"], name: 123456 if isinstance(value, int) else "off"}}
            if name == "sockopt.freebind":
                wrong["attributes"][name] = "yes"
            report = compared("ss", ss.read(TCP)[0], [wrong])
            self.assertEqual(len(report.wrong), 1, name)
        for name in ("state", "recv-q", "local-port", "inode", "uid", "mark", "congestion", "interface", "cgroup"):
            self.assertIn(name, fields)
            self.assertEqual(len(compared("ss", ss.read(TCP)[0], [{**ROW, name: "1"}]).wrong), 1, name)
            self.assertEqual(len(compared("ss", ss.read(TCP)[0], [{**ROW, "holders": []}]).wrong), 2)

    def test_a_missing_row_is_seen(self):
        other = {**ROW, "cookie": "0x2", "inode": 1, "local-port": 1}
        self.assertEqual(compared("ss", ss.read(TCP)[0], [other]).wrong[0][1], "row")

    def test_what_changed_meanwhile_is_not_compared(self):
        before, after = ss.read(TCP)[0], ss.read(TCP.replace("500 0", "400 0"))[0]
        report = compare.Report("ss")
        report.compare(claim.by_key(before)[0], claim.by_key(after)[0], compare.index([{**ROW, "recv-q": 450}]), {"tcp"})
        self.assertEqual((report.wrong, report.moved), ([], 1))

    def test_families_that_are_not_listed_are_counted(self):
        rows, strange = ss.read("UNCONN 0 0 16:-5 0:7 sk=0 cb=0 groups=0x00000011\t skmem:(r0,rb1)\n", "nl")
        self.assertEqual(strange, [])
        self.assertEqual(rows[0].fields["netlink.portid"], 2**32 - 5)
        self.assertEqual(rows[0].fields["netlink.groups-low"], 0x11)
        self.assertEqual(compared("ss", rows, [ROW]).unlisted, {"netlink": 1})

    def test_unix_names_of_any_bytes(self):
        output = ('u_str LISTEN 0 5 /a\nb c 101 * 0 users:(("x",pid=3,fd=26)) <-> ino:85 dev:0/2 peers: 7 9\n'
                  'u_dgr ESTAB 0 768 * 102 * 103 -->\n')
        rows, _ = ss.read(output)
        self.assertEqual(rows[0].fields["unix-name"], "/a\nb c")
        self.assertEqual(rows[0].fields["unix.icons"], {7, 9})
        self.assertEqual(rows[1].fields["unix.peer"], 103)
        self.assertEqual(rows[1].fields["shutdown"], {"receive"})

    def test_proc_net(self):
        rows, strange = proc_net.read("tcp6", "  sl\n   0: 00000000000000000000000001000000:0050 "
                                      "0000000000000000FFFF00000100007F:1F90 0A 00000001:00000002 02:00000000 00000003 "
                                      "    7        0 142 1 00000000 100 0 0 10 0\nnonsense\n")
        self.assertEqual(strange, ["nonsense"])
        fields = rows[0].fields
        self.assertEqual((fields["local-address"], fields["local-port"], fields["state"]), ("::1", 80, "LISTEN"))
        self.assertEqual(claim.plain(fields["remote-address"]), "127.0.0.1")
        self.assertEqual((fields["send-q"], fields["recv-q"], fields["timer"]), (1, 2, "keepalive"))
        rows, _ = proc_net.read("unix", "Num\n0001: 00000002 00000000 00010000 0001 01 5 /a\nb\n")
        self.assertEqual((rows[0].fields["state"], rows[0].fields["unix-name"]), ("LISTEN", "/a\nb"))

    def test_lsof(self):
        rows, strange = lsof.read("p3\0cx\0u0\0\nf4\0tIPv6\0d142\0PTCP\0n127.0.0.1:1->127.0.0.1:2\0TST=FIN_WAIT2\0"
                                  "TQR=5\0TQS=6\0\np4\0cy\0\nf9\0tIPv6\0d142\0PTCP\0n127.0.0.1:1->127.0.0.1:2\0\n")
        self.assertEqual((strange, len(rows)), ([], 1))
        self.assertEqual(rows[0].fields["holders"], {(3, 4), (4, 9)})

    def test_shown_names_become_bytes_again(self):
        self.assertEqual(ours.unescaped("@a\\x00\\n\\\\\\u{e9}"), "@a\0\n\\" + "\u00e9".encode().decode("latin-1"))

    def test_every_allowed_difference_says_what_shows_it(self):
        for line in allowed.ALLOWED:
            self.assertTrue(line.kind and line.reason and line.situation)


if __name__ == "__main__":
    unittest.main()
