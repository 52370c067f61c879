// SPDX-License-Identifier: GPL-3.0-or-later
// Says over an empty table what is empty and why, with the button that ends it.
#pragma once

#include "model/arrangement.h"

#include <QtWidgets/QWidget>

class QAbstractItemView;
class QLabel;
class QPushButton;

namespace socktree {

class ViewQuery;

struct EmptyReason {
    enum class Way { None, ClearFilter, AllSockets, WhatFailed } way = Way::None;
    QString text;   ///< empty: the table is not empty
    QString button; ///< of the way out
};
/// Pure. @p shown may be null: nothing has been read yet.
EmptyReason whyEmpty(const ArrangementPtr &shown, const ViewQuery &query);

class EmptyState final : public QWidget
{
    Q_OBJECT
public:
    explicit EmptyState(QAbstractItemView *over);
    void show(const EmptyReason &reason);
    QString text() const;

Q_SIGNALS:
    void wayChosen(socktree::EmptyReason::Way way);

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QLabel *m_label;
    QPushButton *m_button;
    EmptyReason::Way m_way = EmptyReason::Way::None;
};

} // namespace socktree
