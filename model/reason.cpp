// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/reason.h"

#include <QtCore/QCoreApplication>

#include <algorithm>

namespace socktree {

namespace {

constexpr Reason table[] = {
    {Why::DoesNotApply, "does-not-apply", "", QT_TRANSLATE_NOOP("Column", "Does not apply to this kind of socket.")},
    {Why::NotTold, "not-told", QT_TRANSLATE_NOOP("Column", "not told"),
        QT_TRANSLATE_NOOP("Column", "This kernel does not tell it.")},
    {Why::Denied, "denied", QT_TRANSLATE_NOOP("Column", "hidden"),
        QT_TRANSLATE_NOOP("Column", "Not told to us: more privileges are needed.")},
    {Why::None, "none", "", QT_TRANSLATE_NOOP("Column", "There is none.")},
    {Why::NotAsked, "not-asked", QT_TRANSLATE_NOOP("Column", "not asked"),
        QT_TRANSLATE_NOOP("Column", "The kernel was not asked for it.")},
    {Why::NotYet, "not-yet", QT_TRANSLATE_NOOP("Column", "not yet"), QT_TRANSLATE_NOOP("Column", "Not measured yet.")},
    {Why::NotRecorded, "not-recorded", QT_TRANSLATE_NOOP("Column", "not recorded"),
        QT_TRANSLATE_NOOP("Column", "This kind of file does not record it.")},
    {Why::Lost, "lost", QT_TRANSLATE_NOOP("Column", "lost"),
        QT_TRANSLATE_NOOP("Column", "It is in the part of the file that is cut off or damaged.")},
    {Why::Withheld, "withheld", QT_TRANSLATE_NOOP("Column", "withheld"),
        QT_TRANSLATE_NOOP("Column", "Whoever saved the capture left it out.")},
};

const Reason *reasonOf(Why why)
{
    const auto found
        = std::find_if(std::begin(table), std::end(table), [why](const Reason &reason) { return reason.why == why; });
    return found == std::end(table) ? nullptr : found;
}

QString tr(const char *text)
{
    return *text ? QCoreApplication::translate("Column", text) : QString();
}

} // namespace

std::span<const Reason> reasons()
{
    return table;
}

const char *idOf(Why why)
{
    const Reason *reason = reasonOf(why);
    return reason ? reason->id : nullptr;
}

QString wordFor(Why why)
{
    const Reason *reason = reasonOf(why);
    return reason ? tr(reason->word) : QString();
}

QString explain(Why why)
{
    const Reason *reason = reasonOf(why);
    return reason ? tr(reason->sentence) : QString();
}

} // namespace socktree
