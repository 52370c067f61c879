// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plain_text.h"

#include <QtGui/QTextDocument>

namespace socktree {

QString plainToolTip(const QString &text)
{
    return Qt::mightBeRichText(text) ? Qt::convertFromPlainText(text, Qt::WhiteSpaceNormal) : text;
}

QString plainLabel(const QString &text)
{
    constexpr qsizetype longest = 48;
    QString label = text;
    if (label.size() > longest)
        label = label.left(longest / 2) + u'…' + label.right(longest / 2 - 1);
    return label.replace(u'&', QStringLiteral("&&"));
}

} // namespace socktree
