// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/view_query.h"

#include "model/filter/word_filter.h"

namespace socktree {

ViewQuery::ViewQuery(QObject *parent) : QObject(parent) { }

bool ViewQuery::narrows() const
{
    return !m_inForce.trimmed().isEmpty() || m_toggles != Toggles{};
}

void ViewQuery::setFilterText(const QString &text)
{
    if (text == m_typed)
        return;
    m_typed = text;
    Q_EMIT filterTextChanged(text);
    const auto parsed = parseFilter(text);
    if (!parsed) {
        Q_EMIT filterError(tr("Filter, character %1: %2").arg(parsed.error().position + 1).arg(parsed.error().message));
        return;
    }
    Q_EMIT filterError({});
    if (text.trimmed() == m_inForce.trimmed())
        return;
    m_inForce = text;
    ++m_question;
    Q_EMIT changed();
}

void ViewQuery::setToggles(const Toggles &toggles)
{
    if (toggles == m_toggles)
        return;
    m_toggles = toggles;
    ++m_question;
    Q_EMIT togglesChanged();
    Q_EMIT changed();
}

void ViewQuery::setScope(const TreeScope &scope)
{
    if (scope == m_scope)
        return;
    m_scope = scope;
    Q_EMIT changed();
}

void ViewQuery::setByNamespace(bool on)
{
    if (on == m_byNamespace)
        return;
    m_byNamespace = on;
    Q_EMIT changed();
}

void ViewQuery::setSort(const QByteArray &column, bool descending)
{
    if (column == m_sortColumn && descending == m_descending)
        return;
    m_sortColumn = column;
    m_descending = descending;
    Q_EMIT changed();
}

Arranger::MakeRequest ViewQuery::makeRequest(bool frozen) const
{
    return [filter = m_inForce, toggles = m_toggles, scope = m_scope, byNamespace = m_byNamespace,
               column = m_sortColumn, descending = m_descending, question = m_question, frozen] {
        ViewRequest request;
        if (const auto words = parseFilter(filter); words && *words)
            request.filters.push_back(*words);
        if (PredicatePtr quick = togglePredicate(toggles))
            request.filters.push_back(std::move(quick));
        request.scope = scope;
        request.byNamespace = byNamespace;
        request.sortColumn = column;
        request.descending = descending;
        request.frozen = frozen;
        request.query = question;
        return request;
    };
}

} // namespace socktree
