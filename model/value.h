// SPDX-License-Identifier: GPL-3.0-or-later
// A typed value out of a row, or the reason why there is none. Sorting, filtering and export work on it; text is made
// for the screen only.
#pragma once

#include "collector/snapshot/socket.h"

#include <QtCore/QString>

#include <variant>

namespace socktree {

/// Why a value is or is not there. On screen DoesNotApply and None are blank, the others a grey word with a tooltip.
/// NotRecorded and Lost are of files: not in this kind of them, or beyond the place where this one is damaged.
enum class Why : quint8 { Present, DoesNotApply, NotTold, Denied, None, NotAsked, NotYet, NotRecorded, Lost, Withheld };

struct Value {
    Why why = Why::None;
    std::variant<std::monostate, quint64, qint64, double, QString, Address> data;

    Value() = default;
    Value(Why reason) : why(reason) { } // NOLINT: a reason is a value
    static Value of(quint64 number) { return make(number); }
    static Value of(qint64 number) { return make(number); }
    static Value of(double number) { return make(number); }
    static Value of(QString text) { return make(std::move(text)); }
    static Value of(const Address &address) { return make(address); }
    bool present() const { return why == Why::Present; }

private:
    template <typename T> static Value make(T &&data)
    {
        Value v;
        v.why = Why::Present;
        v.data = std::forward<T>(data);
        return v;
    }
};

} // namespace socktree
