// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/mountinfo.h"
#include "collector/capture/namespace_files.h"
#include "collector/capture/proc_file.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;

class tst_namespace_files : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void readsTheInodeOfALink()
    {
        QCOMPARE(linkInode("net", "net:[4026531833]"), std::optional<quint64>(4026531833));
        for (const char *link : {"", "net:[]", "net:[-1]", "net:[+1]", "net:[ 1]", "net:[1", "net:[1] ", "mnt:[1]",
                 "net:[18446744073709551616]"})
            QCOMPARE(linkInode("net", link), std::nullopt);
    }

    void findsTheMountsOfNamespaces()
    {
        const QByteArray text = "66 44 0:4 net:[402] /run/netns/a\\040b rw shared:1 - nsfs nsfs rw\n"
                                "67 44 0:4 mnt:[403] /run/mnt rw - nsfs nsfs rw\n"
                                "68 44 0:4 net:[404] /x rw - proc proc rw\n";
        const std::vector<NamespaceMount> expected = {{402, "/run/netns/a b"}};
        QCOMPARE(namespaceMounts(text), expected);
    }

    void undoesEscapesOfThreeOctalDigitsOnly()
    {
        QCOMPARE(unescapedMountPoint("/a\\040b\\134c\\011\\012\\377"), QByteArray("/a b\\c\t\n\xff"));
        for (const char *plain : {"/a", "/\\", "/\\04", "/\\ 40", "/\\-12", "/\\+12", "/\\400", "/\\777", "/\\089"})
            QCOMPARE(unescapedMountPoint(plain), QByteArray(plain));
        QCOMPARE(unescapedMountPoint("\\040"), QByteArray(" "));
    }
};

QTEST_GUILESS_MAIN(tst_namespace_files)
#include "tst_namespace_files.moc"
