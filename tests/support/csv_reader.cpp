// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/csv_reader.h"

#include <QtCore/QStringList>

namespace socktree::test {

std::optional<std::vector<QStringList>> readCsv(const QByteArray &bytes)
{
    std::vector<QStringList> records;
    QStringList record;
    qsizetype at = 0;
    while (at < bytes.size()) {
        QByteArray field;
        if (bytes[at] == '"') {
            for (++at;; ++at) {
                if (at >= bytes.size())
                    return std::nullopt; // a quote that is not closed
                if (bytes[at] != '"')
                    field += bytes[at];
                else if (at + 1 < bytes.size() && bytes[at + 1] == '"')
                    field += bytes[++at];
                else
                    break;
            }
            ++at;
        } else {
            for (; at < bytes.size() && bytes[at] != ',' && bytes[at] != '\r'; ++at) {
                if (bytes[at] == '"' || bytes[at] == '\n')
                    return std::nullopt;
                field += bytes[at];
            }
        }
        record += QString::fromUtf8(field);
        if (at < bytes.size() && bytes[at] == ',') {
            ++at;
            if (at == bytes.size())
                return std::nullopt; // a record that has no end
            continue;
        }
        if (bytes.mid(at, 2) != "\r\n")
            return std::nullopt;
        at += 2;
        records.push_back(record);
        record.clear();
    }
    return records;
}

} // namespace socktree::test
