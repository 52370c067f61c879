// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/proc_fixture.h"

#include <QtCore/QDir>
#include <QtCore/QFile>

#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace socktree::test {

QByteArray statText(qint32 pid, const ProcessPieces &pieces)
{
    const auto number = [](auto value) { return ' ' + QByteArray::number(value); };
    QByteArray text = QByteArray::number(pid) + " (" + pieces.comm + ") " + pieces.state + number(pieces.parent);
    text += number(pid) + number(pid) + " 0 -1" + number(pieces.flags); // pgrp session tty tpgid flags
    text += " 100 0 0 0 7 3 0 0 20 0" + number(pieces.threads) + " 0" + number(pieces.startTime);
    return text + " 4096000 250 18446744073709551615 1 1 0 0 0 0 0 4096 0 0 0 0 17 1 0 0 0 0 0 0 0 0 0 0 0 0 0\n";
}

QByteArray statusText(qint32 pid, const ProcessPieces &pieces)
{
    QByteArray name = pieces.comm;
    name.replace('\\', "\\\\").replace('\n', "\\n");
    const QByteArray uid = '\t' + QByteArray::number(pieces.uid);
    return "Name:\t" + name + "\nUmask:\t0022\nState:\t" + pieces.state + " (sleeping)\nTgid:\t"
        + QByteArray::number(pid) + "\nPid:\t" + QByteArray::number(pid) + "\nPPid:\t"
        + QByteArray::number(pieces.parent) + "\nUid:" + uid + uid + uid + uid + "\nGid:" + uid + uid + uid + uid
        + "\nThreads:\t" + QByteArray::number(pieces.threads) + '\n';
}

ProcFixture::ProcFixture()
{
    // So that a test that lays its privileges down can still walk in.
    if (!m_folder.isValid() || chmod(root().c_str(), 0755) != 0)
        qFatal("proc_fixture: no temporary folder");
}

std::string ProcFixture::root() const
{
    return m_folder.path().toStdString();
}

QString ProcFixture::folder(qint32 pid) const
{
    return m_folder.filePath(QString::number(pid));
}

void ProcFixture::add(qint32 pid, const ProcessPieces &pieces)
{
    QDir().mkpath(folder(pid) + QStringLiteral("/fd"));
    write(pid, "stat", statText(pid, pieces));
    write(pid, "status", statusText(pid, pieces));
    write(pid, "comm", pieces.comm + '\n');
    write(pid, "cmdline", pieces.cmdline);
    write(pid, "cgroup", pieces.cgroup);
    const QByteArray exe = folder(pid).toUtf8() + "/exe";
    unlink(exe.constData());
    if (!pieces.exe.isEmpty() && symlink(pieces.exe.constData(), exe.constData()) != 0)
        qFatal("proc_fixture: %s", std::strerror(errno));
    clocks[pid] += 1000;
}

void ProcFixture::remove(qint32 pid)
{
    QDir(folder(pid)).removeRecursively();
    clocks.erase(pid);
}

void ProcFixture::write(qint32 pid, const char *file, const QByteArray &bytes)
{
    const QString path = folder(pid) + u'/' + QString::fromUtf8(file);
    QDir().mkpath(path.left(path.lastIndexOf(u'/')));
    QFile out(path);
    if (!out.open(QIODevice::WriteOnly) || out.write(bytes) != bytes.size())
        qFatal("proc_fixture: %s cannot be written", qPrintable(path));
}

void ProcFixture::hold(qint32 pid, qint32 fd, const QByteArray &target, const char *table)
{
    const QString path = folder(pid) + u'/' + QString::fromUtf8(table);
    QDir().mkpath(path);
    const QByteArray link = path.toUtf8() + '/' + QByteArray::number(fd);
    unlink(link.constData());
    if (symlink(target.constData(), link.constData()) != 0)
        qFatal("proc_fixture: %s", std::strerror(errno));
}

void ProcFixture::holdSocket(qint32 pid, qint32 fd, quint64 inode, const char *table)
{
    hold(pid, fd, "socket:[" + QByteArray::number(inode) + ']', table);
}

void ProcFixture::release(qint32 pid, qint32 fd)
{
    const QByteArray link = folder(pid).toUtf8() + "/fd/" + QByteArray::number(fd);
    if (unlink(link.constData()) != 0)
        qFatal("proc_fixture: %s", std::strerror(errno));
}

Sources ProcFixture::sources()
{
    Sources sources;
    sources.procRoot = root();
    sources.cpuClock = [this](qint32 pid) -> std::optional<quint64> {
        const auto clock = clocks.find(pid);
        return clock == clocks.end() ? std::nullopt : std::optional(clock->second);
    };
    sources.fdCount = [this](qint32 pid) -> std::optional<quint64> {
        if (!tellsFdCounts)
            return std::nullopt;
        const QDir table(folder(pid) + QStringLiteral("/fd"));
        // Links that point nowhere are "system" to QDir.
        return quint64(table.entryList(QDir::AllEntries | QDir::System | QDir::NoDotAndDotDot).size());
    };
    sources.sharesDescriptors = [this](qint32 tid, qint32 other) {
        return std::optional(tid == other || (!ownTables.count(tid) && !ownTables.count(other)));
    };
    sources.unseenProcesses = [this] { return unseen; };
    return sources;
}

} // namespace socktree::test
