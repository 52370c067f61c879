// SPDX-License-Identifier: GPL-3.0-or-later
// Keeps the columns of one header: their order, visibility and widths, also those of hidden ones, which the header
// itself does not tell.
#pragma once

#include "app/column_layout.h"

#include <QtCore/QHash>
#include <QtCore/QObject>

#include <functional>

namespace socktree {

class ColumnKeeper final : public QObject
{
    Q_OBJECT
public:
    /// Every column once, as at first and in view order; asked again when the font is another one.
    using Standard = std::function<ColumnLayout()>;
    /// @p ids of the header's sections. The header must have them by now; it owns the keeper.
    ColumnKeeper(QHeaderView *header, QList<QByteArray> ids, Standard standard);

    ColumnLayout layout() const;
    /// Repaired before; an empty one is the standard.
    void apply(const ColumnLayout &layout);

Q_SIGNALS:
    /// Another order, width or visibility.
    void changed();

private:
    QHeaderView *m_header;
    QList<QByteArray> m_ids;
    Standard m_standard;
    QHash<int, int> m_hiddenWidths; ///< by section
};

} // namespace socktree
