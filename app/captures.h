// SPDX-License-Identifier: GPL-3.0-or-later
// Captures as files, in the window: asks for one to save or to open, shows it in place of this system, and goes back.
#pragma once

#include "app/capture_files.h"
#include "app/window_parts.h"

#include <QtCore/QObject>

#include <memory>
#include <optional>
#include <utility>
#include <vector>

class QAction;
class QFileDialog;
class QFileIconProvider;

namespace socktree {

class Captures final : public QObject
{
    Q_OBJECT
public:
    /// Connects the actions of these names, and takes files that are dropped on the window.
    explicit Captures(const WindowParts &parts);
    ~Captures() override;

    /// In a worker; a file that cannot be opened changes nothing, and a sheet says why. "-" is standard input.
    void open(const QString &path);
    /// The file that is shown; null: this system is.
    const FileShown *shown() const { return m_shown ? &*m_shown : nullptr; }

Q_SIGNALS:
    /// Another file is shown, or this system again.
    void shownChanged();

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void askWhereToSave(bool redact);
    void askWhatToOpen();
    QFileDialog *dialogFor(const QString &title, const char *name);
    void show(const FileShown &file);
    void back();
    void tellActions();
    void forgetChoices();

    WindowParts m_parts;
    CaptureFiles m_files;
    std::unique_ptr<QFileIconProvider> m_icons;
    std::optional<FileShown> m_shown;
    QString m_unavailable;  ///< what that action is called while this system is shown
    bool m_oldRows = false; ///< the rows on screen are still those from before it was opened or left
    std::vector<std::pair<QAction *, QString>> m_resting; ///< that a capture takes away, with their own tooltips
    QString m_folder;
};

} // namespace socktree
