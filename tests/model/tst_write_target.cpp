// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/export.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <array>
#include <csignal>
#include <cstdio>
#include <fcntl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace socktree;
using namespace socktree::test;

namespace {

constexpr uid_t nobody = 65534;

std::function<bool(const Output &)> writing(const QByteArray &text)
{
    return [text](const Output &output) { return output(text); };
}

/// Empty: written.
QString messageOf(const tl::expected<void, ExportError> &written)
{
    return written ? QString() : written.error().message;
}

QByteArray contentOf(const QString &path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("(cannot be read)");
}

void put(const QString &path, const QByteArray &text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

struct stat statOf(const QString &path)
{
    struct stat found {
    };
    ::lstat(QFile::encodeName(path).constData(), &found);
    return found;
}

/// Everything that can be read from the descriptor until its end.
QByteArray drained(int fd)
{
    QByteArray all;
    std::array<char, 65536> buffer;
    for (ssize_t got; (got = ::read(fd, buffer.data(), buffer.size())) > 0;)
        all.append(buffer.data(), got);
    return all;
}

/// Standard output leads to this descriptor while it lives.
class StandardOutput
{
public:
    explicit StandardOutput(int fd)
    {
        std::fflush(stdout);
        m_before = ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 10);
        if (fd < 0)
            ::close(STDOUT_FILENO);
        else
            ::dup2(fd, STDOUT_FILENO);
    }
    ~StandardOutput()
    {
        std::fflush(stdout);
        ::dup2(m_before, STDOUT_FILENO);
        ::close(m_before);
    }

private:
    int m_before;
};

/// No file grows beyond this while it lives; a write that would says EFBIG.
class FileSizeLimit
{
public:
    explicit FileSizeLimit(rlim_t most) : m_signal(std::signal(SIGXFSZ, SIG_IGN))
    {
        ::getrlimit(RLIMIT_FSIZE, &m_before);
        const rlimit limit{most, m_before.rlim_max};
        ::setrlimit(RLIMIT_FSIZE, &limit);
    }
    ~FileSizeLimit()
    {
        ::setrlimit(RLIMIT_FSIZE, &m_before);
        std::signal(SIGXFSZ, m_signal);
    }

private:
    rlimit m_before{};
    void (*m_signal)(int);
};

/// Root may write everywhere, so where permissions matter root becomes nobody.
class OrdinaryUser
{
public:
    OrdinaryUser() : m_root(::geteuid() == 0)
    {
        if (m_root)
            m_good = ::setresuid(nobody, nobody, 0) == 0;
    }
    ~OrdinaryUser()
    {
        if (m_root && ::setresuid(0, 0, 0) != 0)
            qFatal("cannot become root again");
    }
    bool good() const { return m_good; }

private:
    bool m_root;
    bool m_good = true;
};

} // namespace

class TestWriteTarget : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void init()
    {
        m_folder = std::make_unique<QTemporaryDir>();
        QVERIFY(m_folder->isValid());
        QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755)); // others may look in
    }

    void cleanup()
    {
        // Only a folder of our own and never through a link: what the tests link to is the system's.
        const QByteArray locked = QFile::encodeName(at("locked"));
        if (S_ISDIR(statOf(at("locked")).st_mode))
            QCOMPARE(::chmod(locked.constData(), 0700), 0);
        m_folder.reset();
    }

    void makesANewFile()
    {
        const ::mode_t before = ::umask(027);
        QCOMPARE(messageOf(writeTarget(at("new.csv"), writing("one"))), QString());
        ::umask(before);
        QCOMPARE(contentOf(at("new.csv")), QByteArray("one"));
        QCOMPARE(statOf(at("new.csv")).st_mode & 07777, ::mode_t(0640));
        QCOMPARE(filesIn(m_folder->path()), QStringList{QStringLiteral("new.csv")});
    }

    void replacesAFileWholeAtTheEnd()
    {
        put(at("a"), "old");
        QByteArray during;
        QCOMPARE(messageOf(writeTarget(at("a"),
                     [&](const Output &output) {
                         const bool good = output("new") && output("er");
                         during = contentOf(at("a"));
                         return good;
                     })),
            QString());
        QCOMPARE(during, QByteArray("old"));
        QCOMPARE(contentOf(at("a")), QByteArray("newer"));
    }

    void leavesTheFileAsItWasWhenTheWriterStops()
    {
        put(at("a"), "old");
        const auto written = writeTarget(at("a"), [](const Output &output) {
            output("half");
            return false;
        });
        QVERIFY(!written);
        QCOMPARE(contentOf(at("a")), QByteArray("old"));
        QCOMPARE(filesIn(m_folder->path()), QStringList{QStringLiteral("a")});
    }

    void keepsModeAndOwner()
    {
        put(at("a"), "old");
        const QByteArray path = QFile::encodeName(at("a"));
        if (::geteuid() == 0)
            QCOMPARE(::chown(path.constData(), nobody, nobody), 0);
        QCOMPARE(::chmod(path.constData(), 0604), 0);
        const struct stat before = statOf(at("a"));
        QCOMPARE(messageOf(writeTarget(at("a"), writing("new"))), QString());
        const struct stat after = statOf(at("a"));
        QCOMPARE(after.st_mode, before.st_mode);
        QCOMPARE(after.st_uid, before.st_uid);
        QCOMPARE(after.st_gid, before.st_gid);
        QVERIFY(after.st_ino != before.st_ino);
    }

    void saysWhyTheRestDidNotFit_data()
    {
        QTest::addColumn<int>("piece");
        QTest::newRow("in large pieces") << 65536;
        QTest::newRow("in small ones") << 1000;
        QTest::newRow("at the very end") << 99999;
    }
    void saysWhyTheRestDidNotFit()
    {
        QFETCH(int, piece);
        put(at("a"), "old");
        QString message;
        {
            const FileSizeLimit limit(100'000);
            message = messageOf(writeTarget(at("a"), [&](const Output &output) {
                for (int all = 0; all < 100'001; all += piece) {
                    if (!output(QByteArray(piece, 'x')))
                        return false;
                }
                return true;
            }));
        }
        QVERIFY2(message.contains(QLatin1String("File too large")), qPrintable(message));
        QCOMPARE(contentOf(at("a")), QByteArray("old"));
        QCOMPARE(filesIn(m_folder->path()), QStringList{QStringLiteral("a")});
    }

    void saysThatNothingCanBeMadeBesideAFileOfTheKernel()
    {
        const QString version = QStringLiteral("/proc/version");
        const QByteArray before = contentOf(version);
        const QString message = messageOf(writeTarget(version, writing("x")));
        QVERIFY2(message.contains(version), qPrintable(message));
        // Root may write it, so it is the folder that is in the way; anybody else may not even write it.
        const char *why = ::geteuid() == 0 ? "no file to replace it with can be made beside it" : "not writable";
        QVERIFY2(message.contains(QLatin1String(why)), qPrintable(message));
        QCOMPARE(contentOf(version), before);
    }

    void refusesALinkToANameThatCannotBeKept()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("odd")));
        const QByteArray folder = QFile::encodeName(at("odd"));
        QCOMPARE(::symlink("a\xff", (folder + "/link").constData()), 0);
        const QString message = messageOf(writeTarget(at("odd/link"), writing("x")));
        QVERIFY2(message.contains(QLatin1String("not UTF-8")), qPrintable(message));
        QCOMPARE(filesIn(at("odd")), QStringList{QStringLiteral("link")});
    }

    void handsOnNoSetUserBit()
    {
        put(at("a"), "old");
        QCOMPARE(::chmod(QFile::encodeName(at("a")).constData(), 04755), 0);
        QCOMPARE(messageOf(writeTarget(at("a"), writing("new"))), QString());
        QCOMPARE(statOf(at("a")).st_mode & 07777, ::mode_t(0755));
    }

    void followsLinksToTheFile()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("sub")));
        put(at("sub/real"), "old");
        QVERIFY(QFile::link(QStringLiteral("sub/second"), at("first")));
        QVERIFY(QFile::link(QStringLiteral("real"), at("sub/second"))); // relative to its own folder
        QCOMPARE(messageOf(writeTarget(at("first"), writing("new"))), QString());
        QCOMPARE(contentOf(at("sub/real")), QByteArray("new"));
        QVERIFY(S_ISLNK(statOf(at("first")).st_mode) && S_ISLNK(statOf(at("sub/second")).st_mode));
    }

    void makesWhatALinkLeadsTo()
    {
        QVERIFY(QFile::link(at("made"), at("link")));
        QCOMPARE(messageOf(writeTarget(at("link"), writing("new"))), QString());
        QVERIFY(S_ISLNK(statOf(at("link")).st_mode));
        QCOMPARE(contentOf(at("made")), QByteArray("new"));
    }

    void refusesLinksInACircle()
    {
        QVERIFY(QFile::link(at("b"), at("a")));
        QVERIFY(QFile::link(at("a"), at("b")));
        QVERIFY(messageOf(writeTarget(at("a"), writing("x"))).contains(at("a")));
    }

    void saysWhatIsInTheWay_data()
    {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("why");
        QTest::newRow("no such folder") << QStringLiteral("no/such/file") << QStringLiteral("No such file");
        QTest::newRow("a file in place of a folder") << QStringLiteral("file/x") << QStringLiteral("Not a directory");
        QTest::newRow("a folder") << QStringLiteral("folder") << QStringLiteral("Is a directory");
    }
    void saysWhatIsInTheWay()
    {
        QFETCH(QString, name);
        QFETCH(QString, why);
        put(at("file"), "old");
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("folder")));
        bool asked = false;
        const QString message = messageOf(writeTarget(at(qPrintable(name)), [&](const Output &) {
            asked = true;
            return true;
        }));
        QVERIFY2(message.contains(why) && message.contains(at(qPrintable(name))), qPrintable(message));
        QVERIFY(!asked); // nothing is made for a target that cannot take it
        QCOMPARE(contentOf(at("file")), QByteArray("old"));
    }

    void refusesANameThatIsNone() { QVERIFY(!writeTarget(QString(), writing("x"))); }

    void leavesAReadOnlyFolderAsItWas()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("locked")));
        put(at("locked/old"), "old");
        QVERIFY(QFile::setPermissions(at("locked/old"), QFile::Permissions(0x6666)));
        QVERIFY(QFile::setPermissions(at("locked"), QFile::Permissions(0x5555)));
        const OrdinaryUser user;
        QVERIFY(user.good());
        QVERIFY(messageOf(writeTarget(at("locked/new"), writing("x"))).contains(QLatin1String("Permission denied")));
        QVERIFY(!writeTarget(at("locked/old"), writing("x"))); // it could be overwritten, but not whole or not at all
        QCOMPARE(contentOf(at("locked/old")), QByteArray("old"));
        QCOMPARE(filesIn(at("locked")), QStringList{QStringLiteral("old")});
    }

    void leavesAReadOnlyFileAsItWas()
    {
        QVERIFY(QDir(m_folder->path()).mkdir(QStringLiteral("open")));
        put(at("open/old"), "old");
        QVERIFY(QFile::setPermissions(at("open/old"), QFile::Permissions(0x4444)));
        QVERIFY(QFile::setPermissions(at("open"), QFile::Permissions(0x7777)));
        const OrdinaryUser user;
        QVERIFY(user.good());
        QVERIFY(!writeTarget(at("open/old"), writing("x")));
        QCOMPARE(contentOf(at("open/old")), QByteArray("old"));
        QCOMPARE(filesIn(at("open")), QStringList{QStringLiteral("old")});
    }

    void tellsThatADeviceIsFullAndDoesNotReplaceIt()
    {
        const struct stat before = statOf(QStringLiteral("/dev/full"));
        QVERIFY(S_ISCHR(before.st_mode));
        const QString message = messageOf(writeTarget(QStringLiteral("/dev/full"), writing("x")));
        QVERIFY2(message.contains(QLatin1String("/dev/full")) && message.contains(QLatin1String("No space left")),
            qPrintable(message));
        const struct stat after = statOf(QStringLiteral("/dev/full"));
        QVERIFY(S_ISCHR(after.st_mode));
        QCOMPARE(after.st_ino, before.st_ino);
    }

    void doesNotReplaceADeviceBehindALink()
    {
        const struct stat before = statOf(QStringLiteral("/dev/null"));
        QVERIFY(QFile::link(QStringLiteral("/dev/null"), at("null")));
        QCOMPARE(messageOf(writeTarget(at("null"), writing("x"))), QString());
        QVERIFY(S_ISLNK(statOf(at("null")).st_mode));
        const struct stat after = statOf(QStringLiteral("/dev/null"));
        QVERIFY(S_ISCHR(after.st_mode));
        QCOMPARE(after.st_ino, before.st_ino);
        QCOMPARE(after.st_mode, before.st_mode);
    }

    void writesIntoAPipe()
    {
        const QByteArray path = QFile::encodeName(at("pipe"));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        QByteArray read;
        std::thread reader([&] {
            const int fd = ::open(path.constData(), O_RDONLY | O_CLOEXEC);
            read = drained(fd);
            ::close(fd);
        });
        const QByteArray much(1'000'000, 'x'); // more than a pipe holds
        const QString message = messageOf(writeTarget(at("pipe"), writing(much)));
        reader.join();
        QCOMPARE(message, QString());
        QCOMPARE(read.size(), much.size());
        QVERIFY(S_ISFIFO(statOf(at("pipe")).st_mode));
    }

    void waitsForAReaderOrSaysThatThereIsNone()
    {
        const QByteArray path = QFile::encodeName(at("pipe"));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        const QString message = messageOf(writeTarget(at("pipe"), writing("x"), {.forReader = false, .stop = {}}));
        QVERIFY2(message.contains(QLatin1String("nobody reads it")), qPrintable(message));

        // With nobody to read, only the stop ends the wait; the writer is not even asked.
        std::stop_source stop;
        bool asked = false;
        QString stopped;
        std::thread writer([&] {
            const auto ask = [&](const Output &) { return asked = true; };
            stopped = messageOf(writeTarget(at("pipe"), ask, {.forReader = true, .stop = stop.get_token()}));
        });
        stop.request_stop();
        writer.join();
        QVERIFY2(stopped.contains(QLatin1String("stopped")), qPrintable(stopped));
        QVERIFY(!asked);
    }

    void stopsWhileAReaderDoesNotRead_data()
    {
        QTest::addColumn<bool>("named");
        QTest::newRow("of a named pipe") << true;
        QTest::newRow("of standard output") << false;
    }
    void stopsWhileAReaderDoesNotRead()
    {
        QFETCH(bool, named);
        const QByteArray path = QFile::encodeName(at("pipe"));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        const int reader = ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        const int end = ::open(path.constData(), O_WRONLY | O_CLOEXEC);
        std::stop_source stop;
        QString message;
        {
            const StandardOutput led(end);
            std::thread writer([&] {
                message = messageOf(writeTarget(named ? at("pipe") : QStringLiteral("-"),
                    writing(QByteArray(1'000'000, 'x')), {.forReader = true, .stop = stop.get_token()}));
            });
            std::array<char, 1> first;
            while (::read(reader, first.data(), 1) != 1) // it has begun
                std::this_thread::yield();
            stop.request_stop();
            writer.join();
        }
        ::close(end);
        ::close(reader);
        QVERIFY2(message.contains(QLatin1String("stopped")), qPrintable(message));
    }

    void survivesAReaderThatGoes()
    {
        const QByteArray path = QFile::encodeName(at("pipe"));
        QCOMPARE(::mkfifo(path.constData(), 0600), 0);
        const int reader = ::open(path.constData(), O_RDONLY | O_NONBLOCK | O_CLOEXEC);
        QVERIFY(reader >= 0);
        int pieces = 0;
        const QString message = messageOf(writeTarget(at("pipe"), [&](const Output &output) {
            const bool first = output("one");
            ::close(reader);
            pieces = first + output("two") + output("three");
            return false;
        }));
        QCOMPARE(pieces, 1);
        QVERIFY2(message.contains(QLatin1String("Broken pipe")), qPrintable(message));
    }

    void writesToStandardOutput()
    {
        put(at("out"), "");
        const int fd = ::open(QFile::encodeName(at("out")).constData(), O_WRONLY | O_CLOEXEC);
        QString message;
        {
            const StandardOutput led(fd);
            message = messageOf(writeTarget(QStringLiteral("-"), writing("one")));
            // It is still open, for whoever writes next.
            message += messageOf(writeTarget(QStringLiteral("-"), writing("two")));
        }
        ::close(fd);
        QCOMPARE(message, QString());
        QCOMPARE(contentOf(at("out")), QByteArray("onetwo"));
    }

    void writesToWhatIsOpenAndNotToItsName()
    {
        put(at("out"), "");
        const struct stat before = statOf(at("out"));
        const int fd = ::open(QFile::encodeName(at("out")).constData(), O_WRONLY | O_CLOEXEC);
        QString message;
        {
            const StandardOutput led(fd);
            message = messageOf(writeTarget(QStringLiteral("/dev/stdout"), writing("one")));
        }
        ::close(fd);
        QCOMPARE(message, QString());
        QCOMPARE(contentOf(at("out")), QByteArray("one"));
        QCOMPARE(statOf(at("out")).st_ino, before.st_ino);
    }

    void writesWhereADescriptorOfOursStands_data()
    {
        QTest::addColumn<QString>("folder");
        for (const char *folder : {"/dev/fd", "/proc/self/fd", "/proc/thread-self/fd"})
            QTest::newRow(folder) << QString::fromLatin1(folder);
        QTest::newRow("by pid") << QStringLiteral("/proc/%1/fd").arg(::getpid());
    }
    void writesWhereADescriptorOfOursStands()
    {
        QFETCH(QString, folder);
        put(at("out"), "kept ");
        // As a shell hands it on; not O_APPEND, so that only where it stands keeps what is there.
        const int fd = ::open(QFile::encodeName(at("out")).constData(), O_WRONLY); // NOLINT(android-cloexec-open)
        QCOMPARE(::lseek(fd, 0, SEEK_END), off_t(5));
        const QString path = folder + u'/' + QString::number(fd);
        QVERIFY(QFile::link(path, at("link")));
        QString message = messageOf(writeTarget(path, writing("one ")));
        message += messageOf(writeTarget(at("link"), writing("two ")));
        QCOMPARE(::write(fd, "mine", 4), ssize_t(4));
        ::close(fd);
        QCOMPARE(message, QString());
        QCOMPARE(contentOf(at("out")), QByteArray("kept one two mine"));
    }

    void writesToNoDescriptorThatNobodyHandedToUs()
    {
        put(at("out"), "old");
        const int fd = ::open(QFile::encodeName(at("out")).constData(), O_WRONLY | O_CLOEXEC);
        const QString message = messageOf(writeTarget(QStringLiteral("/dev/fd/%1").arg(fd), writing("x")));
        ::close(fd);
        QVERIFY2(message.contains(QLatin1String("Bad file")), qPrintable(message));
        QCOMPARE(contentOf(at("out")), QByteArray("old"));
    }

    void tellsThatStandardOutputIsClosed()
    {
        QString message;
        {
            const StandardOutput closed(-1);
            message = messageOf(writeTarget(QStringLiteral("-"), writing("x")));
        }
        QVERIFY2(message.contains(QLatin1String("standard output")) && message.contains(QLatin1String("Bad file")),
            qPrintable(message));
    }

    void waitsForAPipeThatDoesNotBlock()
    {
        std::array<int, 2> ends;
        QCOMPARE(::pipe2(ends.data(), O_NONBLOCK | O_CLOEXEC), 0);
        ::fcntl(ends[0], F_SETFL, 0); // the reader may wait, the writer may not
        QByteArray read;
        QString message;
        {
            const StandardOutput led(ends[1]);
            ::close(ends[1]);
            std::thread reader([&] {
                std::array<char, 4096> buffer;
                while (read.size() < 1'000'000) {
                    const ssize_t got = ::read(ends[0], buffer.data(), buffer.size());
                    if (got <= 0)
                        break;
                    read.append(buffer.data(), got);
                }
            });
            message = messageOf(writeTarget(QStringLiteral("-"), writing(QByteArray(1'000'000, 'x'))));
            reader.join();
        }
        ::close(ends[0]);
        QCOMPARE(message, QString());
        QCOMPARE(read.size(), 1'000'000);
    }

private:
    QString at(const char *name) const { return m_folder->filePath(QString::fromUtf8(name)); }
    static QStringList filesIn(const QString &folder)
    {
        return QDir(folder).entryList(QDir::AllEntries | QDir::Hidden | QDir::System | QDir::NoDotAndDotDot);
    }

    std::unique_ptr<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestWriteTarget)
#include "tst_write_target.moc"
