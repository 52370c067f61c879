// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/export/json_ends.h"

#include "model/export/json_writer.h"
#include "model/other_ends.h"
#include "model/reason.h"
#include "model/text.h"

namespace socktree {

namespace {

void writeProcess(JsonWriter &json, const Process &process)
{
    json.field("process", processName(process));
    json.field("pid", static_cast<quint64>(process.key.pid));
}

/// By what it can be found among the sockets: its cookie, else its inode.
void writeSocket(JsonWriter &json, const Snapshot &snapshot, quint32 index, const std::optional<ShownOwner> &owner)
{
    const Socket &socket = snapshot.sockets[index];
    if (socket.cookie)
        json.field("cookie", QStringLiteral("0x") + QString::number(socket.cookie, 16));
    if (socket.has(Told::Inode))
        json.field("inode", static_cast<quint64>(socket.inode));
    json.field("protocol", protocolName(snapshot, socket));
    json.field("socket", socketText(snapshot, socket));
    if (owner && owner->how != ShownOwner::How::Was) {
        writeProcess(json, *owner->process);
        if (owner->how == ShownOwner::How::Listener)
            json.field("owner-how", QStringLiteral("listener"));
    } else {
        json.field("process-why", QLatin1String(idOf(whyNoOwner(snapshot, socket))));
    }
    if (const auto holders = shownHolders(snapshot, socket); holders.size() > 1)
        json.field("holder-count", quint64(holders.size()));
    if (hasSeveralListeners(socket))
        json.field("owner-how", QStringLiteral("ambiguous"));
}

void writeOne(JsonWriter &json, const char *key, const Snapshot &snapshot, quint32 index)
{
    if (index >= snapshot.sockets.size())
        return;
    json.key(key);
    json.beginObject();
    writeSocket(json, snapshot, index, shownOwner(snapshot, snapshot.sockets[index]));
    json.endObject();
}

} // namespace

void writeEnds(JsonWriter &json, const RowRef &row)
{
    const Snapshot &snapshot = row.snapshot();
    const Socket &socket = row.socket();
    if (const auto peers = snapshot.peersOf(socket); !peers.empty()) {
        json.key("peers");
        json.beginArray();
        for (const Peer &peer : peers) {
            json.beginObject();
            writeSocket(json, snapshot, peer.socket, ownerOfPeer(row, peer));
            json.field("inferred", peer.inferred || hasSeveralListeners(snapshot.sockets[peer.socket]));
            json.endObject();
        }
        json.endArray();
    }
    writeOne(json, "listener", snapshot, socket.listener);
    if (hasSeveralListeners(socket))
        json.field("listener-candidates", quint64(socket.listeners));
    writeOne(json, "part-of", snapshot, socket.partOf);
    if (const auto owner = shownOwner(row); owner && owner->how == ShownOwner::How::Was) {
        json.key("former-owner");
        json.beginObject();
        writeProcess(json, *owner->process);
        json.endObject();
    }
}

} // namespace socktree
