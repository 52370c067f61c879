// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/mark_name.h"

#include <QtCore/QCoreApplication>

namespace socktree {

QString markName(Mark mark)
{
    switch (mark) {
    case Mark::New: return QCoreApplication::translate("Mark", "new");
    case Mark::Changed: return QCoreApplication::translate("Mark", "changed");
    case Mark::Closed: return QCoreApplication::translate("Mark", "closed");
    case Mark::None: break;
    }
    return {};
}

} // namespace socktree
