// SPDX-License-Identifier: GPL-3.0-or-later
// Everything a user can do, as one table: menus, tool bar, shortcuts and the list of shortcuts are made of it.
#pragma once

#include <QtCore/QObject>
#include <QtGui/QAction>

#include <array>
#include <span>

class QMenu;
class QMenuBar;

namespace socktree {

enum class Act : quint8 {
    Export,
    ExportAs,
    ExportSelected,
    ExportOfTree,
    OpenCapture,
    SaveCapture,
    SaveRedacted,
    CloseCapture,
    Quit,
    Copy,
    CopyCell,
    CopyDetails,
    SelectAll,
    FocusFilter,
    Leave,
    Refresh,
    Pause,
    PauseByTable,
    Faster,
    Slower,
    AllStates,
    Established,
    Listening,
    TimeWait,
    CloseWait,
    Tcp,
    Udp,
    Unix,
    Other,
    Ipv4,
    Ipv6,
    Loopback,
    AllSockets,
    ExpandAll,
    CollapseAll,
    ShowTree,
    ByNamespace,
    ShowDetails,
    Columns,
    Marks,
    ZoomIn,
    ZoomOut,
    ZoomReset,
    ResetLayout,
    FilterBy,
    Exclude,
    ShowOnly,
    GoToDetails,
    GoToOtherEnd,
    WhyHidden,
    Problems,
    Unavailable,
    Shortcuts,
    About,
    Count
};

enum class ActMenu : quint8 { File, Edit, View, Socket, Help, None };
/// Which widget must have the focus for the shortcut to work.
enum class ActScope : quint8 { Window, Table, Tree };
enum class ActKind : quint8 { Plain, Check, Radio };

struct ActLine {
    Act act;
    ActMenu menu;
    quint8 group;     ///< a separator stands between groups of a menu
    const char *text; ///< QT_TRANSLATE_NOOP("Actions", …)
    const char *keys; ///< portable key sequences with "; " between them
    ActScope scope = ActScope::Window;
    ActKind kind = ActKind::Plain;
    const char *icon = nullptr; ///< of the desktop's icon theme
    const char *tip = nullptr;  ///< for the tool bar
};

std::span<const ActLine> actLines();
QString menuTitle(ActMenu menu);

class Actions final : public QObject
{
    Q_OBJECT
public:
    explicit Actions(QObject *parent = nullptr);
    QAction *operator[](Act act) const { return m_actions[static_cast<std::size_t>(act)]; }
    /// Shortcuts work once the widget has the actions of its scope.
    void addTo(QWidget *widget, ActScope scope) const;
    void fill(QMenuBar *bar) const;
    /// Every shortcut with what it does, one a line.
    QString shortcutList() const;

private:
    std::array<QAction *, static_cast<std::size_t>(Act::Count)> m_actions{};
};

} // namespace socktree
