// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/plain_text.h"

#include <QtCore/QStringList>
#include <QtGui/QTextDocument>

namespace socktree {

namespace {

/// Where the line is broken that is longer than @p widest: after a blank, unless there is none for long.
qsizetype breakOf(QStringView line, qsizetype widest)
{
    const qsizetype blank = line.first(widest).lastIndexOf(u' ');
    if (blank >= widest / 2)
        return blank + 1;
    return line[widest - 1].isHighSurrogate() ? widest - 1 : widest;
}

QString wrapped(const QString &text)
{
    constexpr qsizetype widest = 80, mostLines = 40;
    QStringList lines;
    for (QStringView line : QStringView(text).split(u'\n')) {
        for (; line.size() > widest && lines.size() < mostLines; line = line.sliced(breakOf(line, widest)))
            lines += line.first(breakOf(line, widest)).toString();
        if (lines.size() >= mostLines)
            return lines.join(u'\n') + QStringLiteral("\n…");
        lines += line.toString();
    }
    return lines.join(u'\n');
}

} // namespace

QString plainToolTip(const QString &text)
{
    const QString lines = wrapped(text);
    return Qt::mightBeRichText(lines) ? Qt::convertFromPlainText(lines, Qt::WhiteSpaceNormal) : lines;
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
