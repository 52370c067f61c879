// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/namespace_text.h"

#include "model/text.h"

#include <QtCore/QCoreApplication>

#include <cstring>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Namespace", text);
}

bool isOfProcessOne(const Snapshot &snapshot, const NetNamespace &netns)
{
    const Process *first = snapshot.findProcess(1);
    return first && first->netns < snapshot.namespaces.size() && snapshot.namespaces[first->netns].id == netns.id;
}

} // namespace

QString namespaceName(const Snapshot &snapshot, const NetNamespace &netns)
{
    if (!netns.name.isEmpty())
        return visible(netns.name);
    if (isOfProcessOne(snapshot, netns))
        return QStringLiteral("host");
    if (netns.reached == NamespaceRecord::Reached::Home)
        return QStringLiteral("own");
    QString link = namespaceLink(netns);
    if (!link.isEmpty())
        return link;
    // Not entered, and its link is denied: a process is all there is to call it by.
    const QString process = namespaceProcess(snapshot, netns);
    return process.isEmpty() ? QStringLiteral("cookie:%1").arg(netns.id) : tr("of %1").arg(process);
}

QString namespaceLink(const NetNamespace &netns)
{
    return netns.inode ? QStringLiteral("net:[%1]").arg(netns.inode) : QString();
}

QString namespaceProcess(const Snapshot &snapshot, const NetNamespace &netns)
{
    if (!netns.pid)
        return {};
    const Process *process = snapshot.findProcess(netns.pid);
    const QString text = process ? nameAndPid(*process) : QString::number(netns.pid);
    return netns.tid ? tr("%1, thread %2").arg(text, QString::number(netns.tid)) : text;
}

const char *idOf(NamespaceRecord::Reached reached)
{
    switch (reached) {
    case NamespaceRecord::Reached::Home: return "home";
    case NamespaceRecord::Reached::Entered: return "entered";
    case NamespaceRecord::Reached::Unread: return "unread";
    case NamespaceRecord::Reached::ByProcess: break;
    }
    return "by-process";
}

QString reachedNote(const NetNamespace &netns)
{
    if (!netns.reached)
        return tr("Nothing tells how it was read.");
    switch (*netns.reached) {
    case NamespaceRecord::Reached::Home: return tr("Socktree runs in it.");
    case NamespaceRecord::Reached::Entered: return tr("It was entered to read its sockets.");
    case NamespaceRecord::Reached::Unread:
        return tr("It may not be entered: its sockets are not read, unless through a process that is in it.");
    case NamespaceRecord::Reached::ByProcess: break;
    }
    if (!netns.error)
        return tr("It was not entered: what the net folder of a process tells of it is all there is.");
    return tr("It could not be entered (%1): what the net folder of a process tells of it is all there is.")
        .arg(QString::fromLocal8Bit(std::strerror(netns.error)));
}

} // namespace socktree
