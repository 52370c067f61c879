// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/exported.h"

#include "model/timeline.h"

#include <QtCore/QJsonDocument>

namespace socktree::test {

std::vector<quint32> allSlots(const Generation &generation)
{
    std::vector<quint32> all;
    for (quint32 slot = 0; slot < generation.entries.size(); ++slot)
        if (generation.entries[slot].used())
            all.push_back(slot);
    return all;
}

std::vector<const Column *> columnsNamed(const QByteArrayList &ids)
{
    std::vector<const Column *> chosen;
    for (const QByteArray &id : ids)
        chosen.push_back(columnById(id));
    return chosen;
}

QByteArray exported(Format format, const Generation &generation, const QByteArrayList &columnIds, Reasons reasons)
{
    QByteArray bytes;
    const bool whole = exportRows(
        format, {generation, allSlots(generation)}, columnsNamed(columnIds),
        [&](QByteArrayView piece) {
            bytes += piece;
            return true;
        },
        reasons);
    return whole ? bytes : QByteArray("stopped");
}

QJsonObject jsonOf(const Generation &generation)
{
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(exported(Format::Json, generation), &error);
    if (error.error != QJsonParseError::NoError)
        qWarning("%s at %d", qPrintable(error.errorString()), error.offset);
    return document.object();
}

QByteArray everythingOf(const SnapshotPtr &snapshot)
{
    return exported(Format::Json, *socktree::advance(nullptr, snapshot));
}

} // namespace socktree::test
