// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/column_keeper.h"

#include <QtWidgets/QHeaderView>

#include <utility>

namespace socktree {

ColumnKeeper::ColumnKeeper(QHeaderView *header, QList<QByteArray> ids, Standard standard)
    : QObject(header), m_header(header), m_ids(std::move(ids)), m_standard(std::move(standard))
{
    connect(header, &QHeaderView::sectionResized, this, [this](int section, int before, int now) {
        if (now == 0) // it is being hidden; from now on its size is 0
            m_hiddenWidths.insert(section, before);
        Q_EMIT changed();
    });
    connect(header, &QHeaderView::sectionMoved, this, &ColumnKeeper::changed);
}

ColumnLayout ColumnKeeper::layout() const
{
    ColumnLayout layout;
    for (int visual = 0; visual < m_header->count(); ++visual) {
        const int section = m_header->logicalIndex(visual);
        const bool visible = !m_header->isSectionHidden(section);
        const int width = visible ? m_header->sectionSize(section) : m_hiddenWidths.value(section);
        layout.append({m_ids[section], width, visible});
    }
    return layout;
}

void ColumnKeeper::apply(const ColumnLayout &layout)
{
    const ColumnLayout whole = repaired(layout, m_standard());
    for (int visual = 0; visual < whole.size(); ++visual) {
        const auto section = static_cast<int>(m_ids.indexOf(whole[visual].id));
        m_header->moveSection(m_header->visualIndex(section), visual);
        m_header->setSectionHidden(section, false); // a hidden one takes no width
        m_header->resizeSection(section, whole[visual].width);
    }
    for (const ColumnPlace &place : whole)
        m_header->setSectionHidden(static_cast<int>(m_ids.indexOf(place.id)), !place.visible);
}

} // namespace socktree
