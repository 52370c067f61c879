// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/command_line.h"
#include "collector/capture/redacting_sink.h"
#include "model/column.h"
#include "tests/support/capture_bytes.h"
#include "tests/support/csv_reader.h"
#include "tests/support/fake_kernel.h"
#include "tests/support/message_builder.h"
#include "tests/support/proc_fixture.h"
#include "tests/support/warnings.h"

#include <QtCore/QDir>
#include <QtCore/QFile>
#include <QtCore/QJsonArray>
#include <QtCore/QJsonDocument>
#include <QtCore/QJsonObject>
#include <QtCore/QSet>
#include <QtCore/QTemporaryDir>
#include <QtTest/QTest>

#include <cstdio>
#include <fcntl.h>
#include <linux/netlink.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

using namespace socktree;
using namespace socktree::test;

namespace {

using Action = CommandLine::Action;

CommandLine parsed(const QString &arguments)
{
    QByteArrayList list{"socktree"};
    if (!arguments.isEmpty())
        list += arguments.toUtf8().split(' ');
    return parseCommandLine(list);
}

/// What a run of --list wrote, and said on standard error.
struct Run {
    Exit exit = Exit::Usage;
    QByteArray output;
    QByteArray said;
};

/// Root is denied nothing, so for a while root becomes nobody.
class OrdinaryUser
{
public:
    OrdinaryUser() : m_root(::geteuid() == 0)
    {
        constexpr uid_t nobody = 65534;
        if (m_root && ::setresuid(nobody, nobody, 0) != 0)
            qFatal("cannot become nobody");
    }
    ~OrdinaryUser()
    {
        if (m_root && ::setresuid(0, 0, 0) != 0)
            qFatal("cannot become root again");
    }

private:
    bool m_root;
};

/// A kernel with a listener of nginx, a UDP socket that nobody holds, and a UNIX socket of nginx.
class System
{
public:
    System()
    {
        ::chmod(QFile::encodeName(m_folder.path()).constData(), 0777); // an ordinary user writes there, too
        m_kernel.set(AF_INET, IPPROTO_TCP,
            {inetMessage({.state = 10, .localPort = 80, .cookie = 1, .sendQueue = 511, .uid = 33, .inode = 111})});
        m_kernel.set(AF_INET6, IPPROTO_TCP, {});
        m_kernel.set(AF_INET, IPPROTO_UDP, {inetMessage({.state = 7, .localPort = 53, .cookie = 2, .inode = 222})});
        m_kernel.set(AF_INET6, IPPROTO_UDP, {});
        m_kernel.set(AF_UNIX, 0,
            {unixMessage({.state = 10, .inode = 333, .cookie = 3}).attribute(0, QByteArray("/run/x\0", 7))});
        m_proc.add(42, {.comm = "nginx", .uid = 33, .cmdline = QByteArray("nginx\0-g\0", 9)});
        m_proc.holdSocket(42, 6, 111);
        m_proc.holdSocket(42, 7, 333);
    }

    FakeKernel &kernel() { return m_kernel; }
    ProcFixture &proc() { return m_proc; }

    Run list(CommandLine line) { return run(std::move(line), runList); }
    Run list(const QString &arguments) { return list(parsed(arguments)); }
    Run record(const QString &arguments) { return run(parsed(arguments), runRecord); }
    QString path(const QString &name) const { return m_folder.filePath(name); }

private:
    Run run(CommandLine line, Exit (*command)(const CommandLine &, const Sources &))
    {
        Sources sources = m_proc.sources();
        sources.cgroupRoot = m_folder.filePath(QStringLiteral("none")).toStdString();
        sources.dial = [this] { return m_kernel.dial(); };
        sources.userName = [](quint32 uid) { return std::optional("user" + QByteArray::number(uid)); };
        sources.interfaceName = [](quint32) { return std::optional<QByteArray>(); };
        sources.host = [] {
            HostRecord host;
            host.name = "testhost";
            host.euid = 1000;
            return host;
        };
        const QString out = m_folder.filePath(QStringLiteral("out"));
        if (line.output == QLatin1String("-"))
            line.output = out;
        const QString said = m_folder.filePath(QStringLiteral("said"));
        Run run;
        {
            const StandardError led(said);
            run.exit = command(line, sources);
        }
        run.output = line.output == out ? contentOf(out) : QByteArray(); // a device may have no end
        run.said = contentOf(said);
        return run;
    }

    /// Standard error leads to a file while it lives.
    class StandardError
    {
    public:
        explicit StandardError(const QString &path) : m_before(::fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 10))
        {
            std::fflush(stderr);
            const int fd = ::open(QFile::encodeName(path).constData(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
            ::dup2(fd, STDERR_FILENO);
            ::close(fd);
        }
        ~StandardError()
        {
            std::fflush(stderr);
            ::dup2(m_before, STDERR_FILENO);
            ::close(m_before);
        }

    private:
        int m_before;
    };

    static QByteArray contentOf(const QString &path)
    {
        QFile file(path);
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    FakeKernel m_kernel;
    ProcFixture m_proc;
    QTemporaryDir m_folder;
};

std::vector<Answer> interrupted(const Asked &asked)
{
    QByteArray end = done(asked.sequence, asked.port);
    end[6] = static_cast<char>(end[6] | NLM_F_DUMP_INTR);
    return {{.bytes = end}};
}

std::vector<Answer> denied(const Asked &asked)
{
    return {{.bytes = netlinkError(asked.sequence, asked.port, -EPERM)}};
}

} // namespace

#define COMPARE_EXIT(run, code) QCOMPARE(static_cast<int>((run).exit), static_cast<int>(code))

class TestCommandLine : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void initTestCase() { failOnWarnings(); }

    void opensAWindowWithoutArguments()
    {
        QVERIFY(parsed(QString()).action == Action::Window);
        // What QApplication takes for itself is not ours to refuse.
        QVERIFY(parsed(QStringLiteral("-platform offscreen --style=Fusion -reverse")).action == Action::Window);
    }

    void takesTheOptionsOfAList()
    {
        const CommandLine plain = parsed(QStringLiteral("--list"));
        QVERIFY(plain.action == Action::List);
        QCOMPARE(plain.format, QByteArray("csv"));
        QCOMPARE(plain.output, QStringLiteral("-"));
        QVERIFY(plain.columns.isEmpty());

        const CommandLine line
            = parsed(QStringLiteral("--format=json --columns pid,fd --list --filter=-443 --output some/file"));
        QVERIFY(line.action == Action::List);
        QCOMPARE(line.format, QByteArray("json"));
        QCOMPARE(line.columns, (QList<QByteArray>{"pid", "fd"}));
        QCOMPARE(line.filter, QStringLiteral("-443"));
        QCOMPARE(line.output, QStringLiteral("some/file"));
        QCOMPARE(parsed(QStringLiteral("--list --filter -443")).filter, QStringLiteral("-443"));
        QCOMPARE(
            static_cast<std::size_t>(parsed(QStringLiteral("--list --columns all")).columns.size()), columns().size());
    }

    void takesTheOptionsOfTheReference()
    {
        const CommandLine plain = parsed(QStringLiteral("--fields"));
        QVERIFY(plain.action == Action::Fields);
        QCOMPARE(plain.format, QByteArray("text"));
        // In any order: what a format may be depends on what is written.
        const CommandLine line = parsed(QStringLiteral("--format schema --output x --fields"));
        QVERIFY(line.action == Action::Fields);
        QCOMPARE(line.format, QByteArray("schema"));
        QCOMPARE(line.output, QStringLiteral("x"));
        QVERIFY(parsed(QStringLiteral("--list --why --format tsv")).why);
        QVERIFY(!parsed(QStringLiteral("--list")).why);
    }

    void takesCapturesToWriteAndToShow()
    {
        const CommandLine record = parsed(QStringLiteral("--record some/file --redact"));
        QVERIFY(record.action == Action::Record && record.redact);
        QCOMPARE(record.recordFile, QStringLiteral("some/file"));
        QVERIFY(!parsed(QStringLiteral("--record=-")).redact);
        const CommandLine window = parsed(QStringLiteral("--open some/file -platform offscreen"));
        QVERIFY(window.action == Action::Window);
        QCOMPARE(window.openFile, QStringLiteral("some/file"));
        const CommandLine list = parsed(QStringLiteral("--open some/file --list --format json"));
        QVERIFY(list.action == Action::List);
        QCOMPARE(list.openFile, QStringLiteral("some/file"));
    }

    void aCaptureListsAsTheSystemDid()
    {
        System system;
        const QString file = system.path(QStringLiteral("capture"));
        COMPARE_EXIT(system.record(QStringLiteral("--record ") + file), Exit::Done);
        const Run live = system.list(QStringLiteral("--list --columns all"));
        const Run opened = system.list(QStringLiteral("--list --columns all --open ") + file);
        COMPARE_EXIT(opened, Exit::Done);
        QCOMPARE(opened.said, QByteArray());
        QCOMPARE(opened.output, live.output);
        QVERIFY(opened.output.contains("nginx"));
    }

    void aCaptureTellsWhatWasMissingWhenItWasTaken()
    {
        System system;
        const QString file = system.path(QStringLiteral("capture"));
        system.kernel().misbehave(AF_INET, IPPROTO_UDP, denied);
        COMPARE_EXIT(system.record(QStringLiteral("--record ") + file), Exit::Failed);
        const Run opened = system.list(QStringLiteral("--list --open ") + file);
        COMPARE_EXIT(opened, Exit::Failed);
        QVERIFY2(opened.said.contains("udp over ipv4"), opened.said.constData());
    }

    void aDamagedCaptureIsIncompleteAndSaysWhere()
    {
        System system;
        const QString name = system.path(QStringLiteral("capture"));
        COMPARE_EXIT(system.record(QStringLiteral("--record ") + name), Exit::Done);
        QFile file(name);
        QVERIFY(file.resize(file.size() - 3));
        const Run cut = system.list(QStringLiteral("--list --columns process --open ") + name);
        COMPARE_EXIT(cut, Exit::Incomplete);
        QVERIFY2(cut.said.contains("capture file: at byte "), cut.said.constData());
        QVERIFY(cut.output.contains("nginx")); // what could be read is there
        QVERIFY(file.resize(0));
        const Run empty = system.list(QStringLiteral("--list --open ") + name);
        COMPARE_EXIT(empty, Exit::Failed);
        QVERIFY2(empty.said.contains("the file is empty"), empty.said.constData());
        COMPARE_EXIT(system.list(QStringLiteral("--list --open ") + system.path(QStringLiteral("none"))), Exit::Failed);
    }

    void whatIsWrongInManyPlacesTakesFewLines()
    {
        System system;
        const QString name = system.path(QStringLiteral("capture"));
        QByteArray bytes = captureHeader();
        for (int i = 0; i < 500; ++i)
            bytes += captureBlock("no record");
        QFile file(name);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(bytes) == bytes.size());
        file.close();
        const Run run = system.list(QStringLiteral("--list --format json --open ") + name);
        COMPARE_EXIT(run, Exit::Incomplete);
        QVERIFY2(run.said.count('\n') <= 12, run.said.constData());
        QVERIFY2(run.said.contains("more faults"), run.said.constData());
        const QJsonObject json = QJsonDocument::fromJson(run.output).object();
        QVERIFY(json[u"problems"].toArray().size() <= 12);
    }

    void aCaptureThatEndsBeforeTheProcessesSaysSo()
    {
        System system;
        const QString name = system.path(QStringLiteral("capture"));
        COMPARE_EXIT(system.record(QStringLiteral("--record ") + name), Exit::Done);
        QFile recorded(name);
        QVERIFY(recorded.open(QIODevice::ReadOnly));
        const QByteArray whole = recorded.readAll();
        QSet<QString> whys;
        for (qsizetype size = whole.size() - 1; size > captureHeader().size() + 60; size -= 3) {
            QFile file(name);
            QVERIFY(file.resize(size));
            const Run cut = system.list(QStringLiteral("--list --format json --open ") + name);
            COMPARE_EXIT(cut, Exit::Incomplete);
            QVERIFY2(cut.said.contains("capture file: at byte " + QByteArray::number(size) + ": the file ends here, "),
                cut.said.constData());
            const QJsonObject json = QJsonDocument::fromJson(cut.output).object();
            QCOMPARE(json[u"file"].toObject()[u"incomplete"], QJsonValue(true));
            const bool hasOwners = json[u"owners-read"].toBool();
            QCOMPARE(json[u"owners-why"].toString(), hasOwners ? QString() : QStringLiteral("lost"));
            QVERIFY(hasOwners != cut.said.contains("before its processes: owners are not known"));
            for (const auto &row : json[u"sockets"].toArray())
                if (!hasOwners)
                    QCOMPARE(row.toObject()[u"why"].toObject()[u"process"].toString(), QStringLiteral("lost"));
            whys += json[u"owners-why"].toString();
        }
        QCOMPARE(whys.size(), 2); // some cuts are before them, some after
    }

    void helpsAndTellsItsVersion()
    {
        const CommandLine help = parsed(QStringLiteral("--list --help"));
        QVERIFY(help.action == Action::Help);
        for (const char *option : {"--list", "--fields", "--format", "--columns", "--why", "--filter", "--output",
                 "--open", "--record", "--redact", "--version"})
            QVERIFY2(help.message.contains(QLatin1String(option)), option);
        for (const Column &column : columns())
            QVERIFY2(help.message.contains(QLatin1String(column.id)), column.id);
        QVERIFY(parsed(QStringLiteral("-h")).action == Action::Help);
        const CommandLine version = parsed(QStringLiteral("--version"));
        QVERIFY(version.action == Action::Version);
        QCOMPARE(version.message, QStringLiteral("socktree " SOCKTREE_VERSION "\n"));
    }

    void saysWhatIsLeftOutOfACaptureAndWhatIsNot()
    {
        QFile file(QStringLiteral(SOCKTREE_SOURCE_DIR "/resources/socktree.1"));
        QVERIFY2(file.open(QIODevice::ReadOnly), qPrintable(file.errorString()));
        const QString manual = QString::fromUtf8(file.readAll());
        const QString help = parsed(QStringLiteral("--help")).message;
        const qsizetype kept = help.indexOf(QLatin1String("What it keeps: "));
        for (const QByteArray &what : RedactingSink::withheld()) {
            QVERIFY2(help.first(kept).contains(QString::fromUtf8(what)), what);
            QVERIFY2(manual.contains(QString::fromUtf8(what)), what);
        }
        for (const QByteArray &what : RedactingSink::kept()) {
            QVERIFY2(help.sliced(kept).contains(QString::fromUtf8(what)), what);
            QVERIFY2(manual.contains(QString::fromUtf8(what)), what);
        }
    }

    void saysWhatThereIsWhenAskedForWhatIsNot_data()
    {
        QTest::addColumn<QString>("arguments");
        QTest::addColumn<QStringList>("says");
        const auto row = [](const char *arguments, const QStringList &says) {
            QTest::newRow(arguments) << QString::fromUtf8(arguments) << says;
        };
        row("--lst", {QStringLiteral("--lst"), QStringLiteral("--list")});
        row("-l", {QStringLiteral("'-l'"), QStringLiteral("--list")});
        row("-list", {QStringLiteral("'-list'"), QStringLiteral("--list")});
        row("file", {QStringLiteral("'file'"), QStringLiteral("--list")});
        row("--list --format xml", {QStringLiteral("'xml'"), QStringLiteral("csv, tsv, json")});
        row("--list --columns pid,foo",
            {QStringLiteral("'foo'"), QStringLiteral("process, pid, fd"), QStringLiteral("'all' alone")});
        row("--list --columns pid,fd,pid", {QStringLiteral("column 'pid' is asked for twice")});
        row("--list --columns=", {QStringLiteral("''"), QStringLiteral("process, pid")});
        row("--list --columns PID", {QStringLiteral("'PID'")});
        row("--list --columns all,pid", {QStringLiteral("'all' stands for every column, so it stands alone")});
        row("--list --columns pid,all", {QStringLiteral("'all' stands for every column")});
        row("--list --style --format json", {QStringLiteral("unknown option '--style'"), QStringLiteral("--format")});
        row("--style --list", {QStringLiteral("unknown option '--style'")});
        row("-platform offscreen --list", {QStringLiteral("unknown option '-platform'")});
        row("--list --reverse", {QStringLiteral("unknown option '--reverse'"), QStringLiteral("--list, --fields")});
        row("--list --format", {QStringLiteral("needs a value"), QStringLiteral("csv (default), tsv or json")});
        row("--list=yes", {QStringLiteral("takes no value")});
        row("--list --output=", {QStringLiteral("--output needs")});
        row("--list --filter socket:[x]", {QStringLiteral("number of an inode"), QStringLiteral("character 9")});
        row("--filter 443", {QStringLiteral("--filter means something with --list only")});
        row("--columns pid", {QStringLiteral("--list only")});
        row("--output x --format tsv", {QStringLiteral("--list or --fields only")});
        row("--why", {QStringLiteral("--why means something with --list only")});
        row("--fields --columns pid", {QStringLiteral("--columns means something with --list only")});
        row("--list --format json --why", {QStringLiteral("json always says why")});
        row("--list --why=yes", {QStringLiteral("takes no value")});
        row("--list --fields", {QStringLiteral("ask for one")});
        row("--fields --format xml", {QStringLiteral("'xml'"), QStringLiteral("text, csv, tsv, json, schema")});
        row("--list --format schema", {QStringLiteral("'schema'"), QStringLiteral("csv, tsv, json")});
        row("--fields --style x", {QStringLiteral("unknown option '--style'")});
        row("--redact", {QStringLiteral("--record only")});
        row("--record", {QStringLiteral("needs a value")});
        row("--open=", {QStringLiteral("--open needs the name of a file")});
        row("--record x --list", {QStringLiteral("neither --list nor --open")});
        row("--record x --open y", {QStringLiteral("neither --list nor --open")});
        row("--record x --style y", {QStringLiteral("unknown option '--style'")});
        row("--record=x --style y", {QStringLiteral("unknown option '--style'")});
        row("-reverse --record=x", {QStringLiteral("unknown option '-reverse'")});
        row("--list a\033[2Jb", {QStringLiteral("a\\x1b[2Jb")});
    }
    void saysWhatThereIsWhenAskedForWhatIsNot()
    {
        QFETCH(QString, arguments);
        QFETCH(QStringList, says);
        const CommandLine line = parsed(arguments);
        QVERIFY(line.action == Action::Error);
        QVERIFY(line.message.startsWith(QLatin1String("socktree: ")) && line.message.endsWith(u'\n'));
        for (const QString &part : says)
            QVERIFY2(line.message.contains(part), qPrintable(line.message));
    }

    void refusesWhatIsNotUtf8()
    {
        for (const QByteArray &name : {QByteArray("a\xff"), QByteArray("a\xc3")}) {
            const CommandLine line = parseCommandLine({"socktree", "--list", "--output", name});
            QVERIFY(line.action == Action::Error);
            QVERIFY2(line.message.contains(QLatin1String("is not UTF-8")), qPrintable(line.message));
        }
        const QByteArray name = "\xc3\xa4\xef\xbf\xbd"; // a letter, and the very character that bad bytes become
        QCOMPARE(parseCommandLine({"socktree", "--list", "--output", name}).output.toUtf8(), name);
    }

    void listsInTheDefaultOrderWithTheDefaultColumns()
    {
        System system;
        const Run run = system.list(QStringLiteral("--list"));
        COMPARE_EXIT(run, Exit::Done);
        QCOMPARE(run.said, QByteArray());
        const auto rows = readCsv(run.output);
        QVERIFY(rows);
        QCOMPARE(rows->size(), std::size_t(4));
        QStringList header;
        for (const Column &column : columns())
            if (column.shown)
                header += QString::fromLatin1(column.id);
        QCOMPARE(rows->front(), header);
        // Inet before unix; within that by process, and those without one last.
        QCOMPARE((*rows)[1].mid(0, 8).join(u' '), QStringLiteral("nginx 42 6 user33 tcp LISTEN 0.0.0.0 80"));
        QCOMPARE((*rows)[2].mid(0, 8).join(u' '), QStringLiteral("   user0 udp UNCONN 0.0.0.0 53"));
        QCOMPARE((*rows)[3].mid(0, 7).join(u' '), QStringLiteral("nginx 42 7  unix LISTEN /run/x"));
    }

    void listsWhatMatchesInTheColumnsAndFormatAskedFor()
    {
        System system;
        COMPARE_EXIT(system.list(QStringLiteral("--list --columns pid,local-port --filter listen")), Exit::Done);
        QCOMPARE(system.list(QStringLiteral("--list --columns local-port,pid --filter nginx --format tsv")).output,
            QByteArray("local-port\tpid\n80\t42\n\t42\n"));
        const QJsonObject json
            = QJsonDocument::fromJson(system.list(QStringLiteral("--list --format json --filter -unix")).output)
                  .object();
        QCOMPARE(json[u"host"].toString(), QStringLiteral("testhost"));
        QCOMPARE(json[u"sockets"].toArray().size(), 2);
        QCOMPARE(json[u"sockets"].toArray()[0].toObject()[u"attributes"].toObject()[u"inet.wqueue"].toInt(), 511);
        QCOMPARE(system.list(QStringLiteral("--list --columns pid --filter nosuch")).output, QByteArray("pid\r\n"));
    }

    void saysWhyCellsAreEmpty()
    {
        System system;
        QCOMPARE(system.list(QStringLiteral("--list --why --columns pid,remote-port --filter udp")).output,
            QByteArray("pid,pid-why,remote-port,remote-port-why\r\n,none,,none\r\n"));
    }

    void writesTheReference()
    {
        const QTemporaryDir folder;
        CommandLine line = parsed(QStringLiteral("--fields --format csv"));
        line.output = folder.filePath(QStringLiteral("out"));
        QVERIFY(runFields(line) == Exit::Done);
        QFile file(line.output);
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto rows = readCsv(file.readAll());
        QVERIFY(rows && rows->front().startsWith(QStringLiteral("id")));
        QVERIFY(rows->size() > columns().size() + 100);
    }

    void tellsDeniedOwnersOnceAndSucceeds()
    {
        System system;
        system.proc().add(50, {.comm = "secret"});
        const QByteArray table = QFile::encodeName(system.proc().folder(50) + QStringLiteral("/fd"));
        QCOMPARE(::chmod(table.constData(), 0), 0);
        Run run;
        {
            const OrdinaryUser user;
            run = system.list(QStringLiteral("--list --columns process,protocol --filter udp"));
        }
        QCOMPARE(::chmod(table.constData(), 0700), 0);
        COMPARE_EXIT(run, Exit::Done);
        QCOMPARE(run.output, QByteArray("process,protocol\r\n,udp\r\n"));
        QCOMPARE(run.said.count("\n"), 1);
        QVERIFY2(run.said.contains("1 process does not let us see") && run.said.contains(": secret (50);")
                && run.said.contains("run as root"),
            run.said.constData());
    }

    void tellsOnceOfNamespacesThatCouldNotBeReadAndSucceeds()
    {
        System system;
        const QString folder = QString::fromStdString(system.proc().root()) + QStringLiteral("/self");
        QVERIFY(QDir().mkpath(folder));
        QFile mounts(folder + QStringLiteral("/mountinfo"));
        QVERIFY(mounts.open(QIODevice::WriteOnly));
        mounts.write("31 30 0:4 net:[4026532100] /run/netns/red rw - nsfs nsfs rw\n"
                     "32 30 0:4 net:[4026532200] /run/netns/blue rw - nsfs nsfs rw\n");
        mounts.close();
        const Run run = system.list(QStringLiteral("--list --columns protocol --filter udp"));
        COMPARE_EXIT(run, Exit::Done);
        QCOMPARE(run.said.count("\n"), 1);
        QVERIFY2(run.said.contains("2 network namespaces could not be read") && run.said.contains("run as root"),
            run.said.constData());
    }

    void isIncompleteIfAProcessCouldNotBeRead()
    {
        System system;
        system.proc().add(50, {.comm = "broken"});
        const QString table = system.proc().folder(50) + QStringLiteral("/fd");
        QVERIFY(QDir(table).removeRecursively());
        QFile instead(table); // no folder, as little as one that there are no descriptors left to open
        QVERIFY(instead.open(QIODevice::WriteOnly));
        const Run run = system.list(QStringLiteral("--list --columns process,protocol --filter udp --format json"));
        COMPARE_EXIT(run, Exit::Incomplete);
        QVERIFY2(run.said.contains("process 50: descriptors could not be read"), run.said.constData());
        const QJsonObject told = QJsonDocument::fromJson(run.output).object();
        QCOMPARE(told[u"processes-complete"], QJsonValue(false));
        QCOMPARE(told[u"sockets"][0][u"why"][u"process"], QJsonValue(QLatin1String("not-told")));
    }

    void saysThatNothingMatchesTheFilter()
    {
        System system;
        const Run run = system.list(QStringLiteral("--list --columns protocol --filter port=1"));
        COMPARE_EXIT(run, Exit::Done);
        QCOMPARE(run.output, QByteArray("protocol\r\n"));
        QVERIFY2(run.said.contains("no socket matches the filter \"port=1\""), run.said.constData());
        QVERIFY(!system.list(QStringLiteral("--list --filter udp")).said.contains("matches"));
    }

    void failsAndNamesTheFamilyThatIsMissing()
    {
        System system;
        system.kernel().misbehave(AF_INET, IPPROTO_UDP, denied);
        const Run run = system.list(QStringLiteral("--list --columns protocol"));
        COMPARE_EXIT(run, Exit::Failed);
        QVERIFY2(
            run.said.contains("udp over ipv4") && run.said.contains("Operation not permitted"), run.said.constData());
        QCOMPARE(run.output, QByteArray("protocol\r\ntcp\r\nunix\r\n")); // what there is, is written
    }

    void namesAFamilyThatTheKernelDoesNotHave()
    {
        System system;
        system.kernel().misbehave(AF_UNIX, 0, [](const Asked &asked) {
            return std::vector<Answer>{{.bytes = done(asked.sequence, asked.port, -ENOENT)}};
        });
        const Run run = system.list(QStringLiteral("--list"));
        COMPARE_EXIT(run, Exit::Failed);
        QVERIFY2(run.said.contains("unix") && run.said.contains("no sock_diag handler"), run.said.constData());
    }

    void isIncompleteOnlyIfTheRepetitionIsToo()
    {
        System system;
        system.kernel().misbehave(AF_INET, IPPROTO_TCP, interrupted, 1);
        COMPARE_EXIT(system.list(QStringLiteral("--list")), Exit::Done);

        system.kernel().misbehave(AF_INET, IPPROTO_TCP, interrupted, 2);
        const Run run = system.list(QStringLiteral("--list"));
        COMPARE_EXIT(run, Exit::Incomplete);
        QCOMPARE(run.said.count("tcp over ipv4"), 1); // once, though it failed twice

        system.kernel().misbehave(AF_INET, IPPROTO_TCP, interrupted, 2);
        system.kernel().misbehave(AF_UNIX, 0, denied);
        COMPARE_EXIT(system.list(QStringLiteral("--list")), Exit::Failed);
    }

    void isIncompleteIfAMessageIsNotUnderstood()
    {
        System system;
        system.kernel().set(AF_INET, IPPROTO_UDP,
            {inetMessage({.state = 7, .localPort = 53, .cookie = 2, .inode = 222}), QByteArray(20, '\2')});
        const Run run = system.list(QStringLiteral("--list --columns local-port --filter udp"));
        COMPARE_EXIT(run, Exit::Incomplete);
        QCOMPARE(run.output, QByteArray("local-port\r\n53\r\n")); // what was understood is listed
        QVERIFY2(run.said.contains("udp over ipv4: 1 message was not understood"), run.said.constData());

        // The rows of the repetition are shown, so what the first attempt lacked is not missing.
        system.kernel().misbehave(
            AF_INET, IPPROTO_UDP,
            [](const Asked &asked) {
                std::vector<Answer> answers = interrupted(asked);
                answers.insert(
                    answers.begin(), {.bytes = datagram({QByteArray(20, '\2')}, asked.sequence, asked.port)});
                return answers;
            },
            1);
        system.kernel().set(AF_INET, IPPROTO_UDP, {});
        COMPARE_EXIT(system.list(QStringLiteral("--list")), Exit::Done);
    }

    void failsWithoutProcesses()
    {
        System system;
        QDir(QString::fromStdString(system.proc().root())).removeRecursively();
        const Run run = system.list(QStringLiteral("--list --columns protocol"));
        COMPARE_EXIT(run, Exit::Failed);
        QVERIFY2(run.said.contains("the process file system lists no process, not even this one: is it mounted?"),
            run.said.constData());
        QVERIFY2(!run.said.contains("root"), run.said.constData()); // who would be told no more
        const Run json = system.list(QStringLiteral("--list --format json"));
        const QJsonObject told = QJsonDocument::fromJson(json.output).object();
        QCOMPARE(told[u"owners-read"], QJsonValue(false));
        QCOMPARE(told[u"owners-why"], QJsonValue(QStringLiteral("not-listed")));
        QCOMPARE(told[u"processes-complete"], QJsonValue(false));
        QVERIFY(!told.contains(u"denied-processes") && !told.contains(u"unseen-processes"));
        QCOMPARE(run.output.count("\n"), 4);
    }

    void failsWhenTheOutputDoes()
    {
        System system;
        const Run run = system.list(QStringLiteral("--list --output /dev/full"));
        COMPARE_EXIT(run, Exit::Failed);
        QVERIFY2(run.said.contains("/dev/full") && run.said.contains("No space left"), run.said.constData());
        QVERIFY(system.list(QStringLiteral("--list --output /no/such/folder/x")).said.contains("/no/such/folder/x"));
    }
};

QTEST_GUILESS_MAIN(TestCommandLine)
#include "tst_command_line.moc"
