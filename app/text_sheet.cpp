// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/text_sheet.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QClipboard>
#include <QtGui/QFontDatabase>
#include <QtGui/QGuiApplication>
#include <QtGui/QTextDocument>
#include <QtWidgets/QDialog>
#include <QtWidgets/QDialogButtonBox>
#include <QtWidgets/QPlainTextEdit>
#include <QtWidgets/QPushButton>
#include <QtWidgets/QVBoxLayout>

#include <algorithm>

namespace socktree {

/// Of a page that shows all of a short text, and a good part of a long one; long lines are wrapped.
static QSize sizeOf(const QString &text, const QFontMetrics &metrics)
{
    const int air = metrics.averageCharWidth() * 4 + metrics.lineSpacing(); // frame, margins, an empty last line
    const QRect room(0, 0, metrics.averageCharWidth() * 84, metrics.lineSpacing() * 36);
    const QSize needed = metrics.boundingRect(room, Qt::TextWordWrap | Qt::TextExpandTabs, text).size();
    const QSize least(metrics.averageCharWidth() * 36, metrics.lineSpacing() * 4);
    return needed.boundedTo(room.size()).expandedTo(least) + QSize(air, air);
}

void showSheet(QWidget *parent, const QString &title, const QString &text, SheetFont font)
{
    auto *dialog = new QDialog(parent);
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setObjectName(QStringLiteral("sheet"));
    dialog->setWindowTitle(title);

    auto *words = new QPlainTextEdit(text, dialog);
    words->setReadOnly(true);
    words->setAccessibleName(title);
    words->setTabChangesFocus(true);
    words->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    if (font == SheetFont::Fixed)
        words->setFont(QFontDatabase::systemFont(QFontDatabase::FixedFont));

    auto *buttons = new QDialogButtonBox(QDialogButtonBox::Close, dialog);
    QPushButton *copy
        = buttons->addButton(QCoreApplication::translate("TextSheet", "&Copy"), QDialogButtonBox::ActionRole);
    QObject::connect(copy, &QPushButton::clicked, dialog, [text] { QGuiApplication::clipboard()->setText(text); });
    QObject::connect(buttons, &QDialogButtonBox::rejected, dialog, &QDialog::close);

    auto *layout = new QVBoxLayout(dialog);
    layout->addWidget(words);
    layout->addWidget(buttons);
    buttons->button(QDialogButtonBox::Close)->setFocus();
    words->setMinimumSize(sizeOf(text, words->fontMetrics()));
    dialog->resize(dialog->minimumSizeHint()); // as large as the text asks for
    words->setMinimumSize(0, 0);               // and the user may make it smaller
    dialog->open();
}

} // namespace socktree
