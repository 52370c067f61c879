// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/actions.h"

#include <QtCore/QCoreApplication>
#include <QtGui/QActionGroup>
#include <QtGui/QIcon>
#include <QtGui/QKeySequence>
#include <QtWidgets/QMenu>
#include <QtWidgets/QMenuBar>

namespace socktree {

// No letter of Alt+letter here may be the mnemonic of a menu (F, E, V, S, H).
static constexpr ActLine lines[] = {
    {Act::Export, ActMenu::File, 0, QT_TRANSLATE_NOOP("Actions", "&Export rows"), "Ctrl+S", ActScope::Window,
        ActKind::Plain, "document-save"},
    {Act::ExportAs, ActMenu::File, 0, QT_TRANSLATE_NOOP("Actions", "Export rows &as…"), "Ctrl+Shift+S",
        ActScope::Window, ActKind::Plain, "document-save-as"},
    {Act::ExportSelected, ActMenu::File, 0, QT_TRANSLATE_NOOP("Actions", "Export &selected rows…"), "Ctrl+Alt+S"},
    {Act::ExportOfTree, ActMenu::File, 0, QT_TRANSLATE_NOOP("Actions", "Export sockets of selected &processes…"),
        "Ctrl+Alt+P"},
    {Act::OpenCapture, ActMenu::File, 1, QT_TRANSLATE_NOOP("Actions", "&Open capture…"), "Ctrl+O", ActScope::Window,
        ActKind::Plain, "document-open"},
    {Act::SaveCapture, ActMenu::File, 1, QT_TRANSLATE_NOOP("Actions", "Save &capture…"), "Ctrl+Alt+C"},
    {Act::SaveRedacted, ActMenu::File, 1,
        QT_TRANSLATE_NOOP("Actions", "Save capture &without command lines and addresses…"), "Ctrl+Alt+W"},
    {Act::CloseCapture, ActMenu::File, 1, QT_TRANSLATE_NOOP("Actions", "&Back to this system"), "Ctrl+W"},
    {Act::Quit, ActMenu::File, 2, QT_TRANSLATE_NOOP("Actions", "&Quit"), "Ctrl+Q", ActScope::Window, ActKind::Plain,
        "application-exit"},

    {Act::Copy, ActMenu::Edit, 0, QT_TRANSLATE_NOOP("Actions", "&Copy"), "Ctrl+C", ActScope::Window, ActKind::Plain,
        "edit-copy"},
    {Act::CopyCell, ActMenu::Edit, 0, QT_TRANSLATE_NOOP("Actions", "Copy ce&ll"), "Ctrl+Shift+C"},
    {Act::CopyDetails, ActMenu::Edit, 0, QT_TRANSLATE_NOOP("Actions", "Copy all &details"), "Ctrl+Shift+D"},
    {Act::SelectAll, ActMenu::Edit, 1, QT_TRANSLATE_NOOP("Actions", "Select &all rows"), "Ctrl+A", ActScope::Table,
        ActKind::Plain, "edit-select-all"},
    {Act::FocusFilter, ActMenu::Edit, 2, QT_TRANSLATE_NOOP("Actions", "&Filter"), "Ctrl+F; /", ActScope::Window,
        ActKind::Plain, "edit-find"},
    {Act::Leave, ActMenu::Edit, 2, QT_TRANSLATE_NOOP("Actions", "Cl&ear selection, filter, then go back to the table"),
        "Esc"},

    {Act::Refresh, ActMenu::View, 0, QT_TRANSLATE_NOOP("Actions", "&Refresh now"), "F5; Ctrl+R", ActScope::Window,
        ActKind::Plain, "view-refresh"},
    {Act::Pause, ActMenu::View, 0, QT_TRANSLATE_NOOP("Actions", "&Pause"), "Pause", ActScope::Window, ActKind::Check,
        "media-playback-pause", QT_TRANSLATE_NOOP("Actions", "Keep the list as it is")},
    {Act::PauseByTable, ActMenu::None, 0, QT_TRANSLATE_NOOP("Actions", "Pause, go on"), "Space", ActScope::Table},
    {Act::Faster, ActMenu::View, 0, QT_TRANSLATE_NOOP("Actions", "Refresh more &often"), "Alt+="},
    {Act::Slower, ActMenu::View, 0, QT_TRANSLATE_NOOP("Actions", "Refresh &less often"), "Alt+-"},
    {Act::AllStates, ActMenu::View, 1, QT_TRANSLATE_NOOP("Actions", "&All"), "Ctrl+1", ActScope::Window, ActKind::Radio,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Sockets in every state")},
    {Act::Established, ActMenu::View, 1, QT_TRANSLATE_NOOP("Actions", "&Established"), "Ctrl+2", ActScope::Window,
        ActKind::Radio, nullptr, QT_TRANSLATE_NOOP("Actions", "Only connected sockets")},
    {Act::Listening, ActMenu::View, 1, QT_TRANSLATE_NOOP("Actions", "L&istening"), "Ctrl+3", ActScope::Window,
        ActKind::Radio, nullptr,
        QT_TRANSLATE_NOOP("Actions", "Only listening sockets, and UDP ones that are bound and not connected")},
    {Act::TimeWait, ActMenu::View, 1, QT_TRANSLATE_NOOP("Actions", "Time-&wait"), "Ctrl+4", ActScope::Window,
        ActKind::Radio, nullptr,
        QT_TRANSLATE_NOOP("Actions", "Only TCP connections that are over, kept for late packets")},
    {Act::CloseWait, ActMenu::View, 1, QT_TRANSLATE_NOOP("Actions", "Close-wait"), "Ctrl+5", ActScope::Window,
        ActKind::Radio, nullptr,
        QT_TRANSLATE_NOOP(
            "Actions", "Only TCP connections that the other side has ended and this side has not closed")},
    {Act::Tcp, ActMenu::View, 2, QT_TRANSLATE_NOOP("Actions", "TCP"), "Alt+T", ActScope::Window, ActKind::Check,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Show TCP sockets, and MPTCP")},
    {Act::Udp, ActMenu::View, 2, QT_TRANSLATE_NOOP("Actions", "UDP"), "Alt+U", ActScope::Window, ActKind::Check,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Show UDP sockets, and UDP-Lite")},
    {Act::Unix, ActMenu::View, 2, QT_TRANSLATE_NOOP("Actions", "Unix"), "Alt+X", ActScope::Window, ActKind::Check,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Show UNIX sockets")},
    {Act::Other, ActMenu::View, 2, QT_TRANSLATE_NOOP("Actions", "Other"), "Alt+O", ActScope::Window, ActKind::Check,
        nullptr,
        QT_TRANSLATE_NOOP("Actions",
            "Show all other sockets: raw, SCTP, netlink, packet, vsock …, and those that no list of the kernel has")},
    {Act::Ipv4, ActMenu::View, 3, QT_TRANSLATE_NOOP("Actions", "v4"), "Alt+4", ActScope::Window, ActKind::Check,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Show IPv4 sockets")},
    {Act::Ipv6, ActMenu::View, 3, QT_TRANSLATE_NOOP("Actions", "v6"), "Alt+6", ActScope::Window, ActKind::Check,
        nullptr, QT_TRANSLATE_NOOP("Actions", "Show IPv6 sockets")},
    {Act::Loopback, ActMenu::View, 4, QT_TRANSLATE_NOOP("Actions", "Loopback"), "Alt+L", ActScope::Window,
        ActKind::Check, nullptr, QT_TRANSLATE_NOOP("Actions", "Show sockets that only reach this machine itself")},
    {Act::AllSockets, ActMenu::View, 5, QT_TRANSLATE_NOOP("Actions", "Sockets of all processes"), "Ctrl+Shift+A"},
    {Act::ExpandAll, ActMenu::View, 5, QT_TRANSLATE_NOOP("Actions", "E&xpand all processes"), "Ctrl+Right",
        ActScope::Tree},
    {Act::CollapseAll, ActMenu::View, 5, QT_TRANSLATE_NOOP("Actions", "&Collapse all processes"), "Ctrl+Left",
        ActScope::Tree},
    {Act::ShowTree, ActMenu::View, 6, QT_TRANSLATE_NOOP("Actions", "Process &tree"), "Ctrl+T", ActScope::Window,
        ActKind::Check},
    {Act::ByNamespace, ActMenu::View, 6, QT_TRANSLATE_NOOP("Actions", "Group &by network namespace"), "Ctrl+G",
        ActScope::Window, ActKind::Check},
    {Act::ShowDetails, ActMenu::View, 6, QT_TRANSLATE_NOOP("Actions", "&Details panel"), "F9", ActScope::Window,
        ActKind::Check},
    {Act::Columns, ActMenu::View, 6, QT_TRANSLATE_NOOP("Actions", "Col&umns…"), "Ctrl+Shift+L"},
    {Act::Marks, ActMenu::View, 6, QT_TRANSLATE_NOOP("Actions", "Tint new, c&hanged and closed rows"), "Ctrl+M",
        ActScope::Window, ActKind::Check},
    {Act::ZoomIn, ActMenu::View, 7, QT_TRANSLATE_NOOP("Actions", "Lar&ger text"), "Ctrl++; Ctrl+=", ActScope::Window,
        ActKind::Plain, "zoom-in"},
    {Act::ZoomOut, ActMenu::View, 7, QT_TRANSLATE_NOOP("Actions", "&Smaller text"), "Ctrl+-", ActScope::Window,
        ActKind::Plain, "zoom-out"},
    {Act::ZoomReset, ActMenu::View, 7, QT_TRANSLATE_NOOP("Actions", "&Normal text"), "Ctrl+0", ActScope::Window,
        ActKind::Plain, "zoom-original"},
    {Act::ResetLayout, ActMenu::View, 8, QT_TRANSLATE_NOOP("Actions", "Reset la&yout"), ""},

    {Act::FilterBy, ActMenu::Socket, 0, QT_TRANSLATE_NOOP("Actions", "&Filter by this cell"), "Ctrl+D"},
    {Act::Exclude, ActMenu::Socket, 0, QT_TRANSLATE_NOOP("Actions", "&Exclude this cell"), "Ctrl+E"},
    {Act::ShowOnly, ActMenu::Socket, 1, QT_TRANSLATE_NOOP("Actions", "Show only this &process"), "Ctrl+P"},
    {Act::GoToDetails, ActMenu::Socket, 1, QT_TRANSLATE_NOOP("Actions", "&Details"), "Alt+Return"},
    {Act::GoToOtherEnd, ActMenu::Socket, 1, QT_TRANSLATE_NOOP("Actions", "Go to the &other end"), "Ctrl+Shift+O"},

    {Act::Shortcuts, ActMenu::Help, 0, QT_TRANSLATE_NOOP("Actions", "&Keyboard shortcuts"), "F1; Ctrl+?"},
    {Act::WhyHidden, ActMenu::Help, 1, QT_TRANSLATE_NOOP("Actions", "Why are some &owners hidden?"), ""},
    {Act::Problems, ActMenu::Help, 1, QT_TRANSLATE_NOOP("Actions", "&Problems of the last refresh"), ""},
    {Act::Unavailable, ActMenu::Help, 1, QT_TRANSLATE_NOOP("Actions", "What this kernel cannot &list"), ""},
    {Act::About, ActMenu::Help, 2, QT_TRANSLATE_NOOP("Actions", "&About Socktree"), ""},
};
static_assert(std::size(lines) == static_cast<std::size_t>(Act::Count));

std::span<const ActLine> actLines()
{
    return lines;
}

static QString translated(const char *text)
{
    return QCoreApplication::translate("Actions", text);
}

QString menuTitle(ActMenu menu)
{
    switch (menu) {
    case ActMenu::File: return translated(QT_TRANSLATE_NOOP("Actions", "&File"));
    case ActMenu::Edit: return translated(QT_TRANSLATE_NOOP("Actions", "&Edit"));
    case ActMenu::View: return translated(QT_TRANSLATE_NOOP("Actions", "&View"));
    case ActMenu::Socket: return translated(QT_TRANSLATE_NOOP("Actions", "&Socket"));
    case ActMenu::Help: return translated(QT_TRANSLATE_NOOP("Actions", "&Help"));
    case ActMenu::None: break;
    }
    return {};
}

static QList<QKeySequence> keysOf(const ActLine &line)
{
    if (!*line.keys)
        return {}; // and not a list of one that is empty
    return QKeySequence::listFromString(QString::fromLatin1(line.keys), QKeySequence::PortableText);
}

Actions::Actions(QObject *parent) : QObject(parent)
{
    auto *states = new QActionGroup(this);
    for (const ActLine &line : lines) {
        auto *action = new QAction(translated(line.text), this);
        action->setShortcuts(keysOf(line));
        action->setShortcutContext(line.scope == ActScope::Window ? Qt::WindowShortcut : Qt::WidgetShortcut);
        action->setCheckable(line.kind != ActKind::Plain);
        if (line.kind == ActKind::Radio)
            states->addAction(action);
        if (line.icon)
            action->setIcon(QIcon::fromTheme(QString::fromLatin1(line.icon)));
        QString tip = line.tip ? translated(line.tip) : QString(action->text()).remove(u'&').remove(u'…');
        if (const QKeySequence first = action->shortcut(); !first.isEmpty())
            tip += QStringLiteral(" (%1)").arg(first.toString(QKeySequence::NativeText));
        action->setToolTip(tip);
        m_actions[static_cast<std::size_t>(line.act)] = action;
    }
}

void Actions::addTo(QWidget *widget, ActScope scope) const
{
    for (const ActLine &line : lines) {
        if (line.scope == scope)
            widget->addAction((*this)[line.act]);
    }
}

void Actions::fill(QMenuBar *bar) const
{
    for (const ActMenu menu : {ActMenu::File, ActMenu::Edit, ActMenu::View, ActMenu::Socket, ActMenu::Help}) {
        QMenu *made = bar->addMenu(menuTitle(menu));
        made->setToolTipsVisible(menu == ActMenu::Socket); // they say why one is not to be had
        quint8 group = 0;
        for (const ActLine &line : lines) {
            if (line.menu != menu)
                continue;
            if (line.group != group)
                made->addSeparator();
            group = line.group;
            made->addAction((*this)[line.act]);
        }
    }
}

QString Actions::shortcutList() const
{
    QStringList all;
    for (const ActLine &line : lines) {
        const QAction *action = (*this)[line.act];
        if (action->shortcuts().isEmpty())
            continue;
        const QString keys = QKeySequence::listToString(action->shortcuts(), QKeySequence::NativeText)
                                 .replace(QStringLiteral("; "), QStringLiteral(", "));
        QString what = translated(line.text).remove(u'&').remove(u'…');
        if (line.scope == ActScope::Table)
            what = translated(QT_TRANSLATE_NOOP("Actions", "%1 (in the table)")).arg(what);
        else if (line.scope == ActScope::Tree)
            what = translated(QT_TRANSLATE_NOOP("Actions", "%1 (in the tree)")).arg(what);
        all += keys.leftJustified(16) + what;
    }
    const auto add
        = [&all](const char *keys, const char *what) { all += translated(keys).leftJustified(16) + translated(what); };
    add(QT_TRANSLATE_NOOP("Actions", "Enter"), QT_TRANSLATE_NOOP("Actions", "Details of the row (in the table)"));
    add(QT_TRANSLATE_NOOP("Actions", "*"), QT_TRANSLATE_NOOP("Actions", "Expand everything below (in the tree)"));
    add(QT_TRANSLATE_NOOP("Actions", "Ctrl+wheel"), QT_TRANSLATE_NOOP("Actions", "Larger or smaller text"));
    return all.join(u'\n');
}

} // namespace socktree
