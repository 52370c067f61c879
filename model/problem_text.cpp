// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/problem_text.h"

#include "model/text.h"

#include <QtCore/QCoreApplication>

namespace socktree {

QString problemText(const Problem &problem)
{
    QString source = visible(problem.source);
    if (problem.more)
        source = QCoreApplication::translate("Problem", "%1 and %2 more").arg(source).arg(problem.more);
    return source + QLatin1String(": ") + visible(problem.what);
}

} // namespace socktree
