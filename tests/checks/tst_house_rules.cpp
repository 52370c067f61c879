// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/house_rules.h"
#include "tests/support/warnings.h"

#include <QtCore/QDirIterator>
#include <QtCore/QFile>
#include <QtTest/QTest>
#include <algorithm>

using namespace socktree::test;

class HouseRules : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }
    void everyFileKeepsTheRules();
    void findsWhatIsWrong_data();
    void findsWhatIsWrong();
    void isContentWithWhatIsRight();
};

static bool isChecked(const QString &path)
{
    static const QStringList suffixes
        = {QStringLiteral(".cpp"), QStringLiteral(".h"), QStringLiteral(".cmake"), QStringLiteral(".sh"),
            QStringLiteral(".svg"), QStringLiteral(".xml"), QStringLiteral("CMakeLists.txt"), QStringLiteral("/run")};
    return std::any_of(suffixes.begin(), suffixes.end(), [&](const QString &suffix) { return path.endsWith(suffix); });
}

void HouseRules::everyFileKeepsTheRules()
{
    const QDir top(QStringLiteral(SOCKTREE_SOURCE_DIR));
    QStringList found;
    int files = 0;
    for (const char *room : {"app", "model", "collector", "tests", "resources", "cmake"}) {
        QDirIterator walk(top.filePath(QLatin1String(room)), QDir::Files, QDirIterator::Subdirectories);
        while (walk.hasNext()) {
            const QString name = walk.next();
            const QString path = top.relativeFilePath(name);
            if (!isChecked(path))
                continue;
            QFile file(name);
            QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(name));
            const bool hasOwnHeader
                = name.endsWith(QLatin1String(".cpp")) && QFile::exists(name.chopped(4) + QStringLiteral(".h"));
            found += complaints(path, file.readAll(), hasOwnHeader);
            ++files;
        }
    }
    QVERIFY(files > 50);
    QVERIFY2(found.isEmpty(), qPrintable(u'\n' + found.join(u'\n')));
}

void HouseRules::findsWhatIsWrong_data()
{
    QTest::addColumn<QString>("path");
    QTest::addColumn<QByteArray>("line");
    const auto row = [](const char *path, const char *line) {
        QTest::addRow("%s %s", path, line) << QString::fromLatin1(path) << QByteArray(line);
    };
    row("collector/decode/x.cpp", "#include \"collector/capture/record.h\"");
    row("collector/decode/x.cpp", "#include \"model/value.h\"");
    row("collector/decode/x.cpp", "#include <QtConcurrent/QtConcurrentRun>");
    row("collector/decode/x.cpp", "#include <QString>");
    row("collector/decode/x.cpp", "#include <unistd.h>");
    row("collector/decode/x.cpp", "#include <fstream>");
    row("collector/decode/x.cpp", "const auto now = std::chrono::steady_clock::now();");
    row("collector/capture/x.cpp", "#include \"collector/decode/bytes.h\"");
    row("collector/capture/x.cpp", "#include <QtGui/QColor>");
    row("collector/capture/x.cpp", "const char *root = \"/proc\";");
    row("collector/capture/x.cpp", "const int fd = socket(AF_NETLINK, SOCK_RAW, 0);");
    row("collector/snapshot/x.cpp", "#include \"collector/capture/sources.h\"");
    row("collector/snapshot/x.cpp", "#include \"model/value.h\"");
    row("model/x.cpp", "#include \"app/main_window.h\"");
    row("model/x.cpp", "#include <QtWidgets/QWidget>");
    row("model/x.cpp", "#include <QtGui/QColor>");
    row("model/x.cpp", "#  include <QtCore/QSortFilterProxyModel>");
    row("model/x.cpp", "open(\"/proc/self/fd\"); // not ours to open");
    row("app/x.cpp", "#include <dirent.h>");
    row("app/x.cpp", "#include \"tests/support/warnings.h\"");
    row("app/x.cpp", "label->setTextFormat(Qt::RichText);");
}

void HouseRules::findsWhatIsWrong()
{
    QFETCH(QString, path);
    QFETCH(QByteArray, line);
    const QByteArray licence = "// SPDX-License-Identifier: GPL-3.0-or-later\n";
    QCOMPARE(complaints(path, licence + line + '\n').size(), 1);
    QCOMPARE(complaints(path, line + '\n').size(), 2);
    QCOMPARE(complaints(path, licence + "#include <vector>\n" + line + '\n', true).size(), 2);
}

void HouseRules::isContentWithWhatIsRight()
{
    const QByteArray header = "// SPDX-License-Identifier: GPL-3.0-or-later\n"
                              "// A header that says what it is for, \"/proc\" included.\n"
                              "#pragma once\n\n#include \"collector/decode/bytes.h\"\n#include <linux/tcp.h>\n";
    QCOMPARE(complaints(QStringLiteral("collector/decode/x.h"), header), QStringList());
    QCOMPARE(
        complaints(QStringLiteral("collector/decode/x.h"), QByteArray(header).replace("// A header", "\n// A header"))
            .size(),
        1);
    QCOMPARE(
        complaints(QStringLiteral("collector/decode/x.h"), QByteArray(header).replace("#pragma once", "")).size(), 1);
    const QByteArray source = "// SPDX-License-Identifier: GPL-3.0-or-later\n#include \"app/x.h\"\n\n"
                              "#include \"model/value.h\"\n\n#include <QtWidgets/QWidget>\n#include <vector>\n";
    QCOMPARE(complaints(QStringLiteral("app/x.cpp"), source, true), QStringList());
    QCOMPARE(complaints(QStringLiteral("collector/capture/sources.cpp"),
                 "// SPDX-License-Identifier: GPL-3.0-or-later\nconst char *root = \"/proc\";\n"),
        QStringList());
}

QTEST_GUILESS_MAIN(HouseRules)
#include "tst_house_rules.moc"
