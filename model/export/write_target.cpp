// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/broken_pipe.h"
#include "model/export/export.h"
#include "model/export/target.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QFile>
#include <QtCore/QSaveFile>

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

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

auto failed(const QString &target, int error)
{
    return failed(target, QString::fromLocal8Bit(std::strerror(error)));
}

/// A descriptor that is closed once, with the result seen.
class OpenFile
{
public:
    /// What open(2) or fcntl(2) just returned.
    explicit OpenFile(int fd) : m_fd(fd), m_error(fd < 0 ? errno : 0) { }
    ~OpenFile()
    {
        if (m_fd >= 0)
            ::close(m_fd);
    }
    OpenFile(const OpenFile &) = delete;
    OpenFile &operator=(const OpenFile &) = delete;
    int get() const { return m_fd; }
    int error() const { return m_error; }
    bool close() { return ::close(std::exchange(m_fd, -1)) == 0; }

private:
    int m_fd;
    int m_error;
};

bool writeAll(int fd, QByteArrayView bytes)
{
    while (!bytes.isEmpty()) {
        const ssize_t written = ::write(fd, bytes.data(), static_cast<std::size_t>(bytes.size()));
        if (written >= 0) {
            bytes = bytes.sliced(written);
        } else if (errno == EAGAIN) { // somebody made our standard output non-blocking
            pollfd waiting{fd, POLLOUT, 0};
            if (::poll(&waiting, 1, -1) < 0 && errno != EINTR)
                return false;
        } else if (errno != EINTR) {
            return false;
        }
    }
    return true;
}

/// Devices, pipes and terminals have nothing to sync; that is no failure.
bool syncs(int fd)
{
    return ::fsync(fd) == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS;
}

Written writePlainly(OpenFile file, const QString &name, const Writer &writer)
{
    int error = file.error();
    if (error)
        return failed(name, error);
    const bool whole = writer([&](QByteArrayView bytes) {
        if (!error && !writeAll(file.get(), bytes))
            error = errno;
        return error == 0;
    });
    if (!error && whole && !syncs(file.get()))
        error = errno;
    if (!file.close() && !error)
        error = errno;
    if (error)
        return failed(name, error);
    return whole ? Written() : Written(failed(name, tr("stopped")));
}

/// Mode (but no set-user bits) and owner of the file that @p fd is about to replace; a new file keeps what the umask
/// gave it.
bool takesAfter(int fd, const QByteArray &path)
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
    return ::fchmod(fd, before.st_mode & 0777) == 0;
}

Written replace(const QByteArray &path, const QString &name, const Writer &writer)
{
    QSaveFile file(QFile::decodeName(path));
    if (!file.open(QIODevice::WriteOnly))
        return failed(name, file.errorString());
    const bool whole
        = writer([&](QByteArrayView bytes) { return file.write(bytes.data(), bytes.size()) == bytes.size(); });
    if (file.error() != QFileDevice::NoError)
        return failed(name, file.errorString());
    if (!whole)
        return failed(name, tr("stopped"));
    // QSaveFile syncs, too, but does not say when that failed.
    if (!file.flush())
        return failed(name, file.errorString());
    if (!takesAfter(file.handle(), path) || !syncs(file.handle()))
        return failed(name, errno);
    if (!file.commit())
        return failed(name, file.errorString());
    return {};
}

} // namespace

tl::expected<void, ExportError> writeTarget(const QString &path, const Writer &writer)
{
    const BrokenPipeGuard guard;
    // A duplicate of standard output can be closed, and so tell what closing has to say.
    if (path == QLatin1String("-"))
        return writePlainly(OpenFile(::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 3)), tr("standard output"), writer);

    const QByteArray name = QFile::encodeName(path);
    const QString shown = visible(name);
    if (name.isEmpty())
        return failed(shown, ENOENT);
    const auto target = targetOf(name);
    if (!target)
        return failed(shown, target.error());
    if (target->replaceable)
        return replace(target->path, shown, writer);
    return writePlainly(OpenFile(::open(name.constData(), O_WRONLY | O_CLOEXEC | O_NOCTTY)), shown, writer);
}

} // namespace socktree
