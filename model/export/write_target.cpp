// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/broken_pipe.h"
#include "model/export/export.h"
#include "model/export/plain_target.h"
#include "model/export/target.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <cerrno>
#include <cstring>
#include <sys/stat.h>
#include <unistd.h>

namespace socktree {

namespace {

using Written = tl::expected<void, ExportError>;
using Writer = std::function<bool(const Output &)>;

QString tr(const char *text)
{
    return QCoreApplication::translate("Export", text);
}

auto failed(const QString &target, const QString &why)
{
    return tl::unexpected(ExportError{tr("Cannot write %1: %2").arg(target, why)});
}

QString told(int error)
{
    return QString::fromLocal8Bit(std::strerror(error));
}

auto failed(const QString &target, int error)
{
    return failed(target, told(error));
}

Written toWritten(const tl::expected<void, int> &written, const QString &name)
{
    if (written)
        return {};
    return written.error() == ECANCELED ? failed(name, tr("stopped")) : failed(name, written.error());
}

Written writeStandardOutput(const Writer &writer, const Waiting &waiting)
{
    const QString name = tr("standard output");
    OpenFile file = inherited(STDOUT_FILENO);
    const auto written = writePlainly(file, writer, waiting);
    if (!written && written.error() == EBADF)
        return failed(name, tr("it is closed, or open for reading only (%1)").arg(told(EBADF)));
    return toWritten(written, name);
}

Written writeThere(
    OpenFile file, const QByteArray &path, const QString &name, const Writer &writer, const Waiting &waiting)
{
    const auto written = writePlainly(file, writer, waiting);
    if (!written && written.error() == ENXIO && isPipe(path))
        return failed(name, tr("it is a pipe, and nobody reads it"));
    return toWritten(written, name);
}

/// Mode (but no set-user bits) and owner of the file that @p fd is about to replace; a new file keeps what the umask
/// gave it.
bool takesAfter(int fd, const QByteArray &path, Readers readers)
{
    struct stat before {
    };
    struct stat now {
    };
    if (::stat(path.constData(), &before) < 0)
        return errno == ENOENT;
    if (::fstat(fd, &now) < 0)
        return false;
    // Only root can give a file away; another's file stays readable as it was, but becomes ours.
    if ((before.st_uid != now.st_uid || before.st_gid != now.st_gid) && ::fchown(fd, before.st_uid, before.st_gid) < 0
        && errno != EPERM)
        return false;
    return readers == Readers::OwnerOnly || ::fchmod(fd, before.st_mode & 0777) == 0;
}

/// QSaveFile writes what fits and says nothing of the rest; asked to write that too, it says why it cannot.
bool writeAll(QSaveFile &file, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const qint64 written = file.write(bytes.data(), bytes.size());
        if (written <= 0)
            return false;
        bytes = bytes.sliced(written);
    }
    return true;
}

Written replace(const QByteArray &path, const QString &name, const Writer &writer, Readers readers)
{
    QSaveFile file(QFile::decodeName(path));
    if (QFile::encodeName(file.fileName()) != path) // a link may lead to any bytes, and Qt would write beside them
        return failed(name, tr("the name it leads to is not UTF-8"));
    // Pieces are large, and what waits in a buffer fails without a reason.
    if (!file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)) {
        const bool canBeWritten = ::access(path.constData(), W_OK) == 0;
        return failed(name,
            canBeWritten ? tr("no file to replace it with can be made beside it: %1").arg(file.errorString())
                         : file.errorString());
    }
    constexpr mode_t ownerOnly = 0600;
    // Before anything is in it.
    if (readers == Readers::OwnerOnly && ::fchmod(file.handle(), ownerOnly) != 0)
        return failed(name, errno);
    const bool whole = writer([&](QByteArrayView bytes) { return writeAll(file, bytes); });
    if (file.error() != QFileDevice::NoError)
        return failed(name, file.errorString());
    if (!whole)
        return failed(name, tr("stopped"));
    // QSaveFile syncs, too, but does not say when that failed.
    if (!file.flush())
        return failed(name, file.errorString());
    if (!takesAfter(file.handle(), path, readers) || !syncs(file.handle()))
        return failed(name, errno);
    if (!file.commit())
        return failed(name, file.errorString());
    return {};
}

} // namespace

tl::expected<void, ExportError> writeTarget(
    const QString &path, const Writer &writer, const Waiting &waiting, Readers readers)
{
    const BrokenPipeGuard guard;
    if (path == QLatin1String("-"))
        return writeStandardOutput(writer, waiting);

    const QByteArray name = QFile::encodeName(path);
    const QString shown = visible(name);
    if (name.isEmpty())
        return failed(shown, ENOENT);
    const auto target = targetOf(name);
    if (!target)
        return failed(shown, target.error());
    if (target->replaceable)
        return replace(target->path, shown, writer, readers);
    return writeThere(
        target->open ? inherited(*target->open) : openPlainly(name, waiting), name, shown, writer, waiting);
}

} // namespace socktree
