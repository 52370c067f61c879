// SPDX-License-Identifier: GPL-3.0-or-later
// Says above the rows that they are those of a file: whose, of when, what it lacks, and the way back.
#pragma once

#include "collector/snapshot/snapshot.h"

#include <QtWidgets/QFrame>

class QAction;
class QLabel;
class QToolButton;

namespace socktree {

struct FileShown;

/// "web1, 2026-11-23 23:32:48"; what is not told is left out.
QString captureTitle(const Snapshot &snapshot);
/// The last part of its path, or what standard input is called.
QString captureFileName(const QString &path);
/// What is wrong with the file, one fault a line; empty: nothing is.
QString explainFaults(const FileShown &file);

/// What was left out on purpose, and what was replaced by something that looks real; empty: nothing was.
QString explainWithheld(const QList<QByteArray> &withheld);

class CaptureBar final : public QFrame
{
    Q_OBJECT
public:
    /// @p back is the action of its button.
    CaptureBar(QAction *back, QWidget *parent);
    void showFile(const FileShown &file);

Q_SIGNALS:
    void faultsAsked();

private:
    QLabel *m_title, *m_file, *m_withheld;
    QToolButton *m_faults;
    QWidget *m_lacks; ///< the second line
};

} // namespace socktree
