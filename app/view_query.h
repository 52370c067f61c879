// SPDX-License-Identifier: GPL-3.0-or-later
// What the user wants to see: filter, toggles, tree's selection and sort, and the request that is made of them.
#pragma once

#include "model/arranger.h"
#include "model/filter/toggles.h"

#include <QtCore/QObject>
#include <QtCore/QString>

namespace socktree {

class ViewQuery final : public QObject
{
    Q_OBJECT
public:
    explicit ViewQuery(QObject *parent = nullptr);

    /// As typed. While it has an error the last text without one stays in force.
    const QString &filterText() const { return m_typed; }
    const QString &filterInForce() const { return m_inForce; }
    const Toggles &toggles() const { return m_toggles; }
    const TreeScope &scope() const { return m_scope; }
    const QByteArray &sortColumn() const { return m_sortColumn; }
    bool descending() const { return m_descending; }
    /// Whether filter or toggles hide anything.
    bool narrows() const;

    void setFilterText(const QString &text);
    void setToggles(const Toggles &toggles);
    /// Of the tree: a level of network namespaces, if there are several.
    void setByNamespace(bool on);
    void setScope(const TreeScope &scope);
    /// An empty column is the default order.
    void setSort(const QByteArray &column, bool descending);

    /// Holds copies only, so it may be called in a worker and after this is gone.
    Arranger::MakeRequest makeRequest(bool frozen) const;

Q_SIGNALS:
    void changed();
    /// Plain text; empty when the filter is right again.
    void filterError(const QString &message);
    void filterTextChanged(const QString &text);
    void togglesChanged();

private:
    QString m_typed, m_inForce;
    Toggles m_toggles;
    TreeScope m_scope;
    bool m_byNamespace = true;
    QByteArray m_sortColumn;
    bool m_descending = false;
    quint64 m_question = 0; ///< another number with every filter and every set of toggles that comes into force
};

} // namespace socktree
