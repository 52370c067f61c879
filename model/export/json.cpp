// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/json.h"

#include "collector/decode/proc_fdinfo.h"
#include "collector/snapshot/dump_problems.h"
#include "model/export/json_attributes.h"
#include "model/export/json_ends.h"
#include "model/export/json_writer.h"
#include "model/namespace_text.h"
#include "model/owners.h"
#include "model/text.h"

#include <QtCore/QDateTime>

namespace socktree {

namespace {

void writeValue(JsonWriter &json, const Column &column, const RowRef &row, const Value &value)
{
    json.key(column.id);
    if (isHexText(column)) {
        json.string(exportText(column, row));
        return;
    }
    if (const auto *number = std::get_if<quint64>(&value.data))
        json.number(*number);
    else if (const auto *whole = std::get_if<qint64>(&value.data))
        json.number(*whole);
    else if (const auto *real = std::get_if<double>(&value.data))
        json.number(*real);
    else
        json.string(exportText(column, row));
}

void writeColumns(JsonWriter &json, const RowRef &row)
{
    std::vector<std::pair<const char *, const char *>> missing;
    for (const Column &column : columns()) {
        const Value value = exportValue(column, row);
        if (!value.present())
            missing.emplace_back(column.id, idOf(value.why));
        else if (!isArray(column))
            writeValue(json, column, row, value);
    }
    if (missing.empty())
        return;
    json.key("why");
    json.beginObject();
    for (const auto &[id, why] : missing)
        json.field(id, QLatin1String(why));
    json.endObject();
}

void writeHolders(JsonWriter &json, const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    json.key("holders");
    json.beginArray();
    for (const Holder &holder : snapshot.holdersOf(row.socket())) {
        const Process &process = snapshot.processes[holder.process];
        json.beginObject();
        json.field("process", processName(process));
        json.field("pid", static_cast<quint64>(process.key.pid));
        if (!holder.mapped)
            json.field("fd", static_cast<quint64>(holder.fd));
        if (holder.flags) {
            json.key("flags");
            json.beginArray();
            for (const QByteArray &name : openFlagNames(*holder.flags))
                json.string(QString::fromLatin1(name));
            json.endArray();
        }
        if (const auto locks = snapshot.noteOf(holder).locks; !locks.isEmpty()) {
            json.key("locks");
            json.beginArray();
            for (const QByteArray &lock : locks)
                json.string(visible(lock));
            json.endArray();
        }
        if (holder.registered)
            json.field("registered", true);
        if (holder.mapped)
            json.field("mapped", true);
        if (holder.tid != process.key.pid)
            json.field("tid", static_cast<quint64>(holder.tid));
        for (const auto &[id, pid] :
            {std::pair("ppid", process.parent), {"pgid", process.group}, {"sid", process.session}})
            if (pid && *pid != 0)
                json.field(id, static_cast<quint64>(*pid));
        if (process.uid) {
            json.field("user", userName(snapshot, *process.uid));
            json.field("uid", static_cast<quint64>(*process.uid));
        }
        const auto told = [&](const char *id, const QString &text) {
            if (!text.isEmpty())
                json.field(id, text);
        };
        told("command-line", commandLine(process));
        told("executable", visible(process.exe));
        told("unit", visible(process.unit));
        told("context", visible(process.context));
        json.endObject();
    }
    json.endArray();
}

/// What a file does not tell is left out.
void writeHost(JsonWriter &json, const HostRecord &host)
{
    if (!host.name.isEmpty())
        json.field("host", visible(host.name));
    if (!host.kernel.isEmpty())
        json.field("kernel", visible(host.kernel));
    if (host.taken != WallTime())
        json.field("taken", dateTime(host.taken).toString(Qt::ISODateWithMs));
    if (host.euid)
        json.field("euid", static_cast<quint64>(*host.euid));
    if (host.netns)
        json.field("netns", host.netns);
}

const char *whyNoOwners(const Snapshot &snapshot)
{
    if (!snapshot.origin.file)
        return snapshot.ownersRead ? "not-listed" : "not-yet";
    if (snapshot.origin.ownersLost())
        return "lost";
    return snapshot.origin.owners ? "not-listed" : "not-recorded";
}

void writeProcesses(JsonWriter &json, const Snapshot &snapshot)
{
    json.field("owners-read", snapshot.hasProcesses());
    if (!snapshot.hasProcesses())
        json.field("owners-why", QLatin1String(whyNoOwners(snapshot)));
    json.field("processes-complete",
        snapshot.processesComplete && !snapshot.brokenProcesses && snapshot.unseen == Unseen::None);
    if (snapshot.hasProcesses()) {
        json.field("denied-processes", static_cast<quint64>(snapshot.deniedProcesses));
        json.field("vanished-processes", static_cast<quint64>(snapshot.vanishedProcesses));
    }
    if (snapshot.unseen != Unseen::None)
        json.field("unseen-processes", QLatin1String(idOf(snapshot.unseen)));
}

/// Of the running system there is nothing to say.
void writeOrigin(JsonWriter &json, const Origin &origin)
{
    if (!origin.file)
        return;
    json.key("file");
    json.beginObject();
    json.field("kind", origin.socketsOnly ? QStringLiteral("ss-dump") : QStringLiteral("capture"));
    json.field("incomplete", origin.incomplete);
    if (!origin.madeBy.isEmpty())
        json.field("made-by", visible(origin.madeBy));
    json.key("withheld");
    json.beginArray();
    for (const QByteArray &what : origin.withheld)
        json.string(visible(what));
    json.endArray();
    json.endObject();
}

void writeDumps(JsonWriter &json, const Snapshot &snapshot)
{
    json.key("dumps");
    json.beginArray();
    for (const DumpOutcome &dump : snapshot.dumps) {
        json.beginObject();
        json.field("dump", QString::fromUtf8(nameOf(dump.scope)));
        json.field("family", static_cast<quint64>(dump.scope.family));
        json.field("protocol", static_cast<quint64>(dump.scope.protocol));
        if (dump.scope.netns)
            json.field("netns", dump.scope.netns);
        if (!snapshot.origin.socketsOnly) {
            json.field("states", static_cast<quint64>(dump.scope.states));
            json.field("asked", static_cast<quint64>(dump.scope.asked));
        }
        json.field("ending", QLatin1String(idOf(dump.ending.end)));
        if (dump.ending.error)
            json.field("errno", static_cast<quint64>(dump.ending.error));
        if (dump.ending.strangers)
            json.field("strangers", static_cast<quint64>(dump.ending.strangers));
        json.field("rows", static_cast<quint64>(dump.rows));
        json.endObject();
    }
    json.endArray();
}

void writeProblems(JsonWriter &json, const Snapshot &snapshot)
{
    json.key("problems");
    json.beginArray();
    for (const Problem &problem : snapshot.problems) {
        json.beginObject();
        json.field("source", visible(problem.source));
        json.field("what", visible(problem.what));
        if (problem.error)
            json.field("errno", static_cast<quint64>(problem.error));
        if (problem.more)
            json.field("more", static_cast<quint64>(problem.more));
        json.endObject();
    }
    json.endArray();
}

void writeNamespaces(JsonWriter &json, const Snapshot &snapshot)
{
    json.key("namespaces");
    json.beginArray();
    for (const NetNamespace &netns : snapshot.namespaces) {
        if (!netns.isTold())
            continue;
        json.beginObject();
        json.field("id", netns.id);
        if (netns.inode)
            json.field("inode", netns.inode);
        json.field("name", namespaceName(snapshot, netns));
        if (!netns.mounted.isEmpty())
            json.field("mounted", visible(netns.mounted));
        if (netns.pid)
            json.field("pid", static_cast<quint64>(netns.pid));
        if (netns.tid)
            json.field("tid", static_cast<quint64>(netns.tid));
        if (netns.reached)
            json.field("reached", QLatin1String(idOf(*netns.reached)));
        if (netns.error)
            json.field("errno", static_cast<quint64>(netns.error));
        json.endObject();
    }
    json.endArray();
}

void writeUnavailable(JsonWriter &json, const Snapshot &snapshot)
{
    json.key("unavailable");
    json.beginArray();
    for (const Unavailable &one : snapshot.unavailable) {
        json.beginObject();
        json.field("what", visible(one.what));
        json.field("why", visible(one.why));
        json.endObject();
    }
    json.endArray();
}

} // namespace

const char *idOf(DumpEnd end)
{
    switch (end) {
    case DumpEnd::Complete: return "complete";
    case DumpEnd::Unsupported: return "unsupported";
    case DumpEnd::Refused: return "refused";
    case DumpEnd::Interrupted: return "interrupted";
    case DumpEnd::Truncated: return "truncated";
    case DumpEnd::Failed: break;
    }
    return "failed";
}

bool isHexText(const Column &column)
{
    return QByteArrayView(column.id) == "cookie";
}

bool isArray(const Column &column)
{
    return QByteArrayView(column.id) == "holders";
}

bool exportJson(const RowList &rows, const Output &output)
{
    const Snapshot &snapshot = *rows.generation.snapshot;
    PieceBuffer out(output);
    JsonWriter json(out);
    json.beginObject();
    json.field("schema", QLatin1String(jsonSchemaName));
    writeHost(json, snapshot.host);
    writeOrigin(json, snapshot.origin);
    writeProcesses(json, snapshot);
    writeProblems(json, snapshot);
    writeUnavailable(json, snapshot);
    writeNamespaces(json, snapshot);
    writeDumps(json, snapshot);
    json.key("sockets");
    json.beginArray();
    for (const quint32 slot : rows.slots) {
        const RowRef row(rows.generation, slot, rows.under);
        json.breakLine();
        json.beginObject();
        if (row.entry().mark == Mark::Closed)
            json.field("closed", true);
        if (row.socket().doubtful)
            json.field("doubtful", true);
        writeColumns(json, row);
        writeHolders(json, row);
        writeEnds(json, row);
        writeAttributes(json, row);
        json.endObject();
        if (!out.pass())
            return false;
    }
    json.breakLine();
    json.endArray();
    json.endObject();
    out.add('\n');
    return out.flush();
}

} // namespace socktree
