// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/row_actions.h"

#include "app/actions.h"
#include "app/plain_text.h"
#include "model/filter/cell_word.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

namespace socktree {

void labelActions(const Actions &actions, const Column *column, const RowRef *row)
{
    const auto tr = [](const char *text) { return QCoreApplication::translate("RowActions", text); };
    const auto label = [&](Act act, const char *with, const QString &value) {
        const QString general = QCoreApplication::translate("Actions", actLines()[static_cast<std::size_t>(act)].text);
        actions[act]->setText(value.isEmpty() ? general : tr(with).arg(plainLabel(value)));
        actions[act]->setEnabled(!row || !value.isEmpty());
    };
    const bool cell = row && column;
    const QString word = cell ? filterWord(*column, *row) : QString();
    label(
        Act::CopyCell, QT_TRANSLATE_NOOP("RowActions", "Copy &cell “%1”"), cell ? copyText(*column, *row) : QString());
    label(Act::FilterBy, QT_TRANSLATE_NOOP("RowActions", "&Filter by “%1”"), word);
    label(Act::Exclude, QT_TRANSLATE_NOOP("RowActions", "&Exclude “%1”"), word);
    QString process;
    if (const auto owner = row ? shownOwner(*row) : std::nullopt; owner && owner->how != ShownOwner::How::Was)
        process = nameAndPid(*owner->process);
    label(Act::ShowOnly, QT_TRANSLATE_NOOP("RowActions", "Show only &process %1"), process);
}

} // namespace socktree
