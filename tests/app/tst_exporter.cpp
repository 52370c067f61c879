// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/exporter.h"

#include "tests/support/small_world.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>

#include <fcntl.h>
#include <memory>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace socktree;

class ExporterTest : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase();
    void init();
    void writesAndSaysHowMuch();
    void saysThatNobodyReadsAPipe();
    void endsWhileAReaderDoesNotRead();
    void leavesAFileWholeWhenItEnds();

private:
    QString at(const char *name) const { return m_folder->filePath(QString::fromLatin1(name)); }
    int pipeWithReader() const;

    ExportRows m_rows; ///< more than a pipe holds
    std::unique_ptr<QTemporaryDir> m_folder;
};

void ExporterTest::initTestCase()
{
    test::failOnWarnings();
    test::SmallWorld world;
    for (quint32 i = 0; i < 20'000; ++i)
        m_rows.slots.push_back(world.add(test::tcp(10, "2001:db8::1234:5678", 1)));
    auto shown = std::make_shared<Arrangement>();
    shown->generation = std::make_shared<const Generation>(world.generation());
    m_rows.shown = std::move(shown);
    m_rows.columns = {columnById("local-address"), columnById("local-port")};
}

void ExporterTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
}

/// Makes the pipe and opens its reading end.
int ExporterTest::pipeWithReader() const
{
    const QByteArray path = QFile::encodeName(at("pipe"));
    return ::mkfifo(path.constData(), 0600) == 0 ? ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC) : -1;
}

void ExporterTest::writesAndSaysHowMuch()
{
    Exporter exporter(nullptr);
    QSignalSpy said(&exporter, &Exporter::said);
    exporter.write(m_rows, Format::Csv, at("rows.csv"));
    QVERIFY(said.wait());
    QVERIFY(said.front().front().toString().startsWith(QStringLiteral("20,000 rows written to ")));
    QFile file(at("rows.csv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QCOMPARE(file.readAll().count('\n'), 20'001);
}

void ExporterTest::saysThatNobodyReadsAPipe()
{
    QCOMPARE(::mkfifo(QFile::encodeName(at("pipe")).constData(), 0600), 0);
    Exporter exporter(nullptr);
    QSignalSpy failed(&exporter, &Exporter::failed);
    exporter.write(m_rows, Format::Csv, at("pipe"));
    QVERIFY(failed.wait());
    QVERIFY(failed.front().front().toString().contains(QStringLiteral("nobody reads it")));
}

void ExporterTest::endsWhileAReaderDoesNotRead()
{
    const int reader = pipeWithReader();
    QVERIFY(reader >= 0);
    auto exporter = std::make_unique<Exporter>(nullptr);
    exporter->write(m_rows, Format::Csv, at("pipe"));
    const auto waiting = [reader] {
        int bytes = 0;
        return ::ioctl(reader, FIONREAD, &bytes) == 0 ? bytes : -1;
    };
    QTRY_VERIFY(waiting() > 0);
    exporter.reset(); // comes back, though the pipe is full or soon will be
    QVERIFY(waiting() < 200'000);
    ::close(reader);
}

void ExporterTest::leavesAFileWholeWhenItEnds()
{
    QFile old(at("rows.csv"));
    QVERIFY(old.open(QIODevice::WriteOnly) && old.write("old") == 3);
    old.close();
    {
        Exporter exporter(nullptr);
        exporter.write(m_rows, Format::Csv, at("rows.csv"));
    }
    // Whole or not at all, whichever came first.
    QVERIFY(old.open(QIODevice::ReadOnly));
    const QByteArray all = old.readAll();
    QVERIFY(all == "old" || all.count('\n') == 20'001);
    QCOMPARE(QDir(m_folder->path()).entryList(QDir::Files), QStringList{QStringLiteral("rows.csv")});
}

QTEST_MAIN(ExporterTest)
#include "tst_exporter.moc"
