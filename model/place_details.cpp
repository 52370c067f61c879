// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/place_details.h"

#include "model/decoded_row.h"
#include "model/end_text.h"
#include "model/field_help.h"
#include "model/namespace_text.h"
#include "model/row_source.h"
#include "model/text.h"

#include <QtCore/QCoreApplication>

namespace socktree {

namespace {

QString tr(const char *text)
{
    return QCoreApplication::translate("Details", text);
}

QString valueOf(const DecodedText &word, const Socket &socket)
{
    if (!word.field || !word.number)
        return visible(word.raw);
    return spelled(fieldOf(*word.field), *word.number, socket.state);
}

} // namespace

void addNamespace(std::vector<DetailGroup> &groups, const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    const NetNamespace *netns = snapshot.namespaceOf(row.socket());
    if (!netns || !netns->isTold())
        return;
    DetailGroup group{tr("Network namespace"), {}};
    const auto add = [&](const char *id, const QString &name, const QString &value, const QString &meaning) {
        if (!value.isEmpty())
            group.lines.push_back({name, value, meaning, id});
    };
    add("netns.name", tr("Name"), namespaceName(snapshot, *netns), tr("What people call it"));
    add("netns.inode", tr("Inode"), namespaceLink(*netns), tr("What /proc/PID/ns/net leads to"));
    add("netns.id", tr("ID"), netns->id ? QString::number(netns->id) : QString(),
        tr("Its cookie (SO_NETNS_COOKIE), or where that is not told, a number made of an inode"));
    add("netns.mounted", tr("Mounted at"), visible(netns->mounted), tr("Where it is kept by a mount"));
    add("netns.process", tr("Process in it"), namespaceProcess(snapshot, *netns), tr("The one with the lowest PID"));
    if (netns->reached)
        add("netns.reached", tr("Read"), QString::fromLatin1(idOf(*netns->reached)), reachedNote(*netns));
    groups.push_back(std::move(group));
}

void addTextLine(std::vector<DetailGroup> &groups, const RowRef &row)
{
    const Scope *scope = scopeOf(row);
    if (!scope || scope->file.isEmpty())
        return;
    const Socket &socket = row.socket();
    DetailGroup group{tr("Line of net/%1").arg(visible(scope->file)), {}};
    for (const DecodedText &word : decodedLineOf(row)) {
        if (!word.field) {
            group.lines.push_back(
                {tr("unknown word"), visible(word.raw), tr("No table knows this column."), "unknown"});
            continue;
        }
        group.lines.push_back({QString::fromUtf8(word.field->name), valueOf(word, socket),
            QStringLiteral("%1\n%2: %3").arg(textFieldHelp(*word.field), tr("as it stands there"), visible(word.raw)),
            word.field->id});
    }
    if (group.lines.empty())
        group.lines.push_back({tr("Line"), tr("not asked"), tr("The line was not kept in this snapshot."), ""});
    groups.push_back(std::move(group));
}

void addDescriptor(std::vector<DetailGroup> &groups, const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    const Socket &socket = row.socket();
    if (snapshot.sourceOf(socket) != Source::Descriptor || socket.protocol == Protocol::Unknown)
        return;
    DetailGroup group{tr("Told by its descriptor"), {}};
    const auto add = [&](const char *id, const QString &name, const QString &value, const QString &meaning) {
        if (!value.isEmpty())
            group.lines.push_back({name, value, meaning, id});
    };
    add("descriptor.protocol", tr("Protocol"), protocolName(snapshot, socket),
        tr("Out of the extended attribute system.sockprotoname, or of SO_DOMAIN, SO_TYPE and SO_PROTOCOL"));
    add("descriptor.family", tr("Family"), familyName(socket), tr("Address family (SO_DOMAIN)"));
    if (socket.family)
        add("descriptor.family-number", tr("Family number"), QString::number(socket.family), tr("AF_…"));
    add("descriptor.type", tr("Type"), typeName(socket), tr("SO_TYPE"));
    if (socket.number)
        add("descriptor.protocol-number", tr("Protocol number"), QString::number(socket.number), tr("SO_PROTOCOL"));
    const bool isUnix = socket.protocol == Protocol::Unix;
    add("descriptor.local", tr("Local end"), isUnix ? unixName(snapshot.nameOf(socket)) : localEnd(snapshot, socket),
        tr("What getsockname(2) says"));
    add("descriptor.remote", tr("Remote end"), remoteEnd(snapshot, socket), tr("What getpeername(2) says"));
    groups.push_back(std::move(group));
}

} // namespace socktree
