// SPDX-License-Identifier: GPL-3.0-or-later
// A Qt warning fails the test that caused it.
#pragma once

namespace socktree::test {
/// Installs a message handler that turns every Qt warning into a test failure. Call from initTestCase().
void failOnWarnings();
} // namespace socktree::test
