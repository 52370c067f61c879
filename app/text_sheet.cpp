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
    const QFontMetrics metrics = words->fontMetrics();
    const int lines = std::clamp(static_cast<int>(text.count(u'\n')) + 4, 10, 36);
    dialog->resize(metrics.averageCharWidth() * 84, metrics.lineSpacing() * lines + 80);
    dialog->open();
}

} // namespace socktree
