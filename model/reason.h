// SPDX-License-Identifier: GPL-3.0-or-later
// The reasons why a value is not there, each with its id for programs and its words for people.
#pragma once

#include "model/value.h"

#include <QtCore/QString>

#include <span>

namespace socktree {

struct Reason {
    Why why;
    const char *id;       ///< an interface: JSON's `why`, the columns of --why
    const char *word;     ///< grey, in the cell; empty where blank is right. Context "Column"
    const char *sentence; ///< for the tooltip, in the same context
};

/// Every reason there is; Present is none.
std::span<const Reason> reasons();
/// "not-told", "denied" …; null of Present.
const char *idOf(Why why);
/// "hidden", "not told" … : the grey word, empty where blank is right.
QString wordFor(Why why);
/// Why there is no value, as a sentence; empty of Present.
QString explain(Why why);

} // namespace socktree
