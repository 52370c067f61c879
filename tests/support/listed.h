// SPDX-License-Identifier: GPL-3.0-or-later
// Reads what socktree --list --format json wrote, for comparing with it.
#pragma once

#include <QtCore/QHash>
#include <QtCore/QJsonObject>
#include <QtCore/QList>
#include <QtCore/QSet>

#include <optional>
#include <utility>

namespace socktree::test {

class Listed
{
public:
    Listed() = default;
    explicit Listed(const QJsonObject &list);
    const QList<QJsonObject> &rows() const { return m_rows; }
    /// The rows that are the socket mksockets told of: by inode, or by both ends where it has none.
    QList<QJsonObject> rowsOf(const QJsonObject &told) const;

private:
    QList<QJsonObject> m_rows;
};

struct HolderTold {
    QByteArray name; ///< as the kernel has it
    qint64 pid = 0;
    qint64 tid = 0; ///< a thread with a table of its own, else the same as pid
    qint64 fd = 0;
};
QList<HolderTold> holdersOf(const QJsonObject &row);
/// A column or a decoded attribute or field by its id; undefined if it is absent.
QJsonValue valueOf(const QJsonObject &row, const char *id);
/// The same as a number; nothing if it is absent or shown as words.
std::optional<quint64> numberOf(const QJsonObject &row, const char *id);
/// The field is shown as this number, or in the words that its table has for it.
bool isShownAs(const QJsonObject &row, const char *id, quint64 raw);
quint64 cookieOf(const QJsonObject &row);

/// The bytes that a shown name or process name stands for.
QByteArray bytesOfShown(const QString &shown);

} // namespace socktree::test
