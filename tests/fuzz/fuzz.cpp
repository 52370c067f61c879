// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/fuzz/fuzz.h"

#include <QtCore/QList>
#include <algorithm>

namespace socktree::fuzz {

bool isOneLine(const QString &text)
{
    const auto points = text.toUcs4();
    return std::none_of(points.begin(), points.end(), [](char32_t c) {
        switch (QChar::category(c)) {
        case QChar::Other_Control:
        case QChar::Other_Format:
        case QChar::Other_Surrogate:
        case QChar::Separator_Line:
        case QChar::Separator_Paragraph: return true;
        default: return false;
        }
    });
}

void requireOneLine(const QString &text, const char *what)
{
    if (!isOneLine(text))
        std::fprintf(stderr, "<<%s>>\n", text.toUtf8().constData());
    require(isOneLine(text), what);
}

static void failOnWarning(QtMsgType type, const QMessageLogContext &, const QString &message)
{
    if (type == QtDebugMsg || type == QtInfoMsg)
        return;
    std::fprintf(stderr, "Qt says: %s\n", qPrintable(message));
    std::abort();
}

} // namespace socktree::fuzz

extern "C" int LLVMFuzzerInitialize(int *, char ***)
{
    qInstallMessageHandler(socktree::fuzz::failOnWarning);
    return 0;
}
