// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/file_names.h"

#include "model/text.h"

#include <QtCore/QCoreApplication>
#include <QtCore/QDateTime>
#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtCore/QStandardPaths>

namespace socktree {

namespace {

class PlainIcons final : public QFileIconProvider
{
public:
    using QFileIconProvider::icon;
    QIcon icon(const QFileInfo &file) const override { return icon(file.isDir() ? Folder : File); }
    QString type(const QFileInfo &file) const override
    {
        return file.isDir() ? QCoreApplication::translate("FileNames", "Folder") : file.suffix();
    }
};

} // namespace

QString hostAndTime(const QByteArray &host, WallTime time)
{
    QString name;
    for (const char each : host.left(64)) {
        const bool safe = (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') || (each >= '0' && each <= '9')
            || each == '-';
        name += safe ? QLatin1Char(each) : QLatin1Char('_');
    }
    return name + u'-' + dateTime(time).toLocalTime().toString(QStringLiteral("yyyyMMdd-HHmmss"));
}

QString usableFolder(const QString &wanted)
{
    if (!wanted.isEmpty() && QFileInfo(wanted).isDir())
        return wanted;
    const QString documents = QStandardPaths::writableLocation(QStandardPaths::DocumentsLocation);
    return QFileInfo(documents).isDir() ? documents : QDir::homePath();
}

std::unique_ptr<QFileIconProvider> plainIcons()
{
    return std::make_unique<PlainIcons>();
}

} // namespace socktree
