// SPDX-License-Identifier: GPL-3.0-or-later
// Nothing: a precompiled header wants a target that it belongs to.
