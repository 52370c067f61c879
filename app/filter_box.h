// SPDX-License-Identifier: GPL-3.0-or-later
// Where the filter is typed: tells after a short rest in typing, shows that a text is wrong.
#pragma once

#include <QtCore/QTimer>
#include <QtWidgets/QLineEdit>

namespace socktree {

class FilterBox final : public QLineEdit
{
    Q_OBJECT
public:
    explicit FilterBox(QWidget *parent = nullptr);

    /// From outside; does not come back as edited().
    void setFilter(const QString &text);
    /// Plain text, empty: none.
    void setError(const QString &message);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

Q_SIGNALS:
    void edited(const QString &text);
    /// Down or Enter: on to the rows.
    void left();

protected:
    void keyPressEvent(QKeyEvent *event) override;
    /// Files are the window's.
    void dragEnterEvent(QDragEnterEvent *event) override;

private:
    void tell();

    QTimer m_rest;
    QAction *m_warning;
};

} // namespace socktree
