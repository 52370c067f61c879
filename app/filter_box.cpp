// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/filter_box.h"

#include "app/plain_text.h"

#include <QtCore/QMimeData>
#include <QtGui/QAction>
#include <QtGui/QDropEvent>
#include <QtGui/QKeyEvent>
#include <QtWidgets/QStyle>

namespace socktree {

FilterBox::FilterBox(QWidget *parent)
    : QLineEdit(parent), m_warning(addAction(style()->standardIcon(QStyle::SP_MessageBoxWarning, nullptr, this),
                             QLineEdit::TrailingPosition))
{
    setPlaceholderText(tr("Filter: firefox 443 -LISTEN"));
    setAccessibleName(tr("Filter"));
    setToolTip(tr("Words that must all be found in a row: process, command line, PID, user, protocol, state, address, "
                  "port, service, path or unit.\nA number finds that very port, PID, descriptor or inode.\n"
                  "-word leaves out, \"two words\" keeps blanks, socket:[123] and /proc/12/fd/3 find that socket,\n"
                  "proto:netlink that protocol, netns:blue what is in that network namespace."));
    setClearButtonEnabled(true);
    setSizePolicy(QSizePolicy::Expanding, QSizePolicy::Fixed);
    setMaxLength(4096);
    m_warning->setVisible(false);
    m_rest.setSingleShot(true);
    m_rest.setInterval(60);
    connect(&m_rest, &QTimer::timeout, this, &FilterBox::tell);
    // Not textEdited: the clear button changes the text without editing it.
    connect(this, &QLineEdit::textChanged, &m_rest, qOverload<>(&QTimer::start));
}

void FilterBox::tell()
{
    m_rest.stop();
    Q_EMIT edited(text());
}

void FilterBox::keyPressEvent(QKeyEvent *event)
{
    const int key = event->key();
    if (key == Qt::Key_Return || key == Qt::Key_Enter || key == Qt::Key_Down) {
        tell();
        Q_EMIT left();
        return;
    }
    QLineEdit::keyPressEvent(event);
}

void FilterBox::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->ignore();
    else
        QLineEdit::dragEnterEvent(event);
}

void FilterBox::setFilter(const QString &text)
{
    if (text == this->text())
        return;
    setText(text);
    m_rest.stop(); // whoever sets it knows it
}

void FilterBox::setError(const QString &message)
{
    m_warning->setVisible(!message.isEmpty());
    m_warning->setToolTip(plainToolTip(message));
    setAccessibleDescription(message);
}

QSize FilterBox::sizeHint() const
{
    return {fontMetrics().averageCharWidth() * 44, QLineEdit::sizeHint().height()};
}

QSize FilterBox::minimumSizeHint() const
{
    return {fontMetrics().averageCharWidth() * 18, QLineEdit::minimumSizeHint().height()};
}

} // namespace socktree
