// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/unix_message.h"
#include "tests/support/message_builder.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

#include <linux/unix_diag.h>

using namespace socktree;
using socktree::test::viewOf;

static_assert(unixFixedSize == sizeof(unix_diag_msg));
static_assert(int(unixdiag::Name) == UNIX_DIAG_NAME && int(unixdiag::Uid) == UNIX_DIAG_UID);

class tst_unix_message : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsEveryField()
    {
#if Q_BYTE_ORDER == Q_LITTLE_ENDIAN
        const unsigned char literal[] = {
            0x01,                         // AF_UNIX
            0x05,                         // SOCK_SEQPACKET
            0x0a,                         // LISTEN
            0x00, 0x39, 0x30, 0x00, 0x00, // inode 12345
            0x02, 0x00, 0x00, 0x00,       // cookie, low word
            0x01, 0x00, 0x00, 0x00,       // cookie, high word
        };
        const auto fixed = parseUnixFixed(std::as_bytes(std::span(literal)));
        QVERIFY(fixed);
        QCOMPARE(fixed->type, quint8(5));
        QCOMPARE(fixed->state, quint8(10));
        QCOMPARE(fixed->inode, 12345u);
        QCOMPARE(fixed->cookie, quint64(0x100000002));
#else
        QSKIP("the literal is of a little-endian machine");
#endif
    }

    void isNothingIfOneByteShort()
    {
        const QByteArray bytes = test::unixMessage({.inode = 5});
        QVERIFY(parseUnixFixed(viewOf(bytes)));
        for (qsizetype size = 0; size < bytes.size(); ++size) {
            const QByteArray cut(bytes.constData(), size);
            QVERIFY(!parseUnixFixed(viewOf(cut)));
        }
    }

    void isNothingForAnotherFamily()
    {
        QByteArray bytes = test::unixMessage({});
        bytes[0] = AF_INET;
        QVERIFY(!parseUnixFixed(viewOf(bytes)));
    }

    void cutsTheNulThatEndsAPath()
    {
        const QByteArray payload("/run/x\0", 7);
        QCOMPARE(unixNameOf(viewOf(payload)), QByteArray("/run/x"));
        const QByteArray bare("/run/x");
        QCOMPARE(unixNameOf(viewOf(bare)), QByteArray("/run/x"));
    }

    void keepsAnAbstractNameWhole()
    {
        const QByteArray payload("\0a\nb\0", 5);
        QCOMPARE(unixNameOf(viewOf(payload)), payload);
        const QByteArray onlyNul("\0", 1);
        QCOMPARE(unixNameOf(viewOf(onlyNul)), onlyNul);
        QVERIFY(unixNameOf({}).isEmpty());
    }
};

QTEST_GUILESS_MAIN(tst_unix_message)
#include "tst_unix_message.moc"
