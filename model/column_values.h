// SPDX-License-Identifier: GPL-3.0-or-later
// The values the lines of the column table ask for: each a function of one row, with the reason where there is none.
#pragma once

#include "model/generation.h"
#include "model/value.h"

#include <QtCore/QString>

namespace socktree::column {

// Of its holders (owner_values.cpp)
/// Why it has none.
Why noHolder(const RowRef &row);
Value process(const RowRef &row);
Value pid(const RowRef &row);
/// Only of a process that holds it.
Value heldProcess(const RowRef &row);
Value heldPid(const RowRef &row);
Value owner(const RowRef &row);
Value ownerHow(const RowRef &row);
Value fd(const RowRef &row);
/// Only a descriptor of the socket itself, and none of a ring it is registered with.
Value heldFd(const RowRef &row);
Value fdFlags(const RowRef &row);
Value holders(const RowRef &row);
Value fdLocks(const RowRef &row);
Value socketContext(const RowRef &row);
QString showProcess(const RowRef &row);
QString showPid(const RowRef &row);
QString showFd(const RowRef &row);
QString ownerNote(const RowRef &row);
QString fdFlagsNote(const RowRef &row);
QString fdLocksNote(const RowRef &row);
QString socketContextNote(const RowRef &row);

// Of the process that is its holder (process_values.cpp)
Value unit(const RowRef &row);
Value processCommandLine(const RowRef &row);
Value context(const RowRef &row);
Value parentProcess(const RowRef &row);
Value processGroup(const RowRef &row);
QString contextNote(const RowRef &row);
QString parentNote(const RowRef &row);
QString groupNote(const RowRef &row);
QString unitNote(const RowRef &row);

// Of the other end (peer_values.cpp)
Value peerProcess(const RowRef &row);
Value peerPid(const RowRef &row);
/// Not of a process that only held it.
Value knownPeerProcess(const RowRef &row);
Value knownPeerPid(const RowRef &row);
Value peerSocket(const RowRef &row);
Value peerHow(const RowRef &row);
bool hasNoPeer(const RowRef &row);
QString showPeerProcess(const RowRef &row);
QString showPeerPid(const RowRef &row);
QString showPeerSocket(const RowRef &row);
QString peerNote(const RowRef &row);

// Of the socket's fixed part and of memory (socket_values.cpp)
Value user(const RowRef &row);
Value uid(const RowRef &row);
Value protocol(const RowRef &row);
Value family(const RowRef &row);
Value type(const RowRef &row);
Value state(const RowRef &row);
Value inode(const RowRef &row);
Value cookie(const RowRef &row);
Value mark(const RowRef &row);
Value cgroup(const RowRef &row);
Value timer(const RowRef &row);
Value firstSeen(const RowRef &row);
Value receiveRate(const RowRef &row);
Value sendRate(const RowRef &row);
QString showFirstSeen(const RowRef &row);
QString wholeFirstSeen(const RowRef &row);
QString userNote(const RowRef &row);
QString stateNote(const RowRef &row);
QString inodeNote(const RowRef &row);
QString cgroupNote(const RowRef &row);
QString markNote(const RowRef &row);

// Of its own ends (end_values.cpp)
Value localAddress(const RowRef &row);
Value localPort(const RowRef &row);
Value remoteAddress(const RowRef &row);
Value remotePort(const RowRef &row);
Value unixPath(const RowRef &row);
Value boundInterface(const RowRef &row);
QString showLocalPort(const RowRef &row);
QString showRemotePort(const RowRef &row);
QString localAddressNote(const RowRef &row);
QString unixPathNote(const RowRef &row);
QString localPortNote(const RowRef &row);
QString remoteNote(const RowRef &row);
QString remoteAddressNote(const RowRef &row);
QString interfaceNote(const RowRef &row);

// Of its queues (queue_values.cpp)
Value recvQueue(const RowRef &row);
Value sendQueue(const RowRef &row);
QString showRecvQueue(const RowRef &row);
QString showSendQueue(const RowRef &row);
QString recvQueueNote(const RowRef &row);
QString sendQueueNote(const RowRef &row);

// Of where it is and where that was read (place_values.cpp)
Value netns(const RowRef &row);
Value netnsId(const RowRef &row);
Value source(const RowRef &row);
QString netnsNote(const RowRef &row);
QString sourceWhy(const RowRef &row);

// Of the attributes in its message (kernel_values.cpp)
Value rtt(const RowRef &row);
Value retransmissions(const RowRef &row);
Value congestionWindow(const RowRef &row);
Value congestionControl(const RowRef &row);
Value deliveryRate(const RowRef &row);
Value bytesReceived(const RowRef &row);
Value bytesSent(const RowRef &row);
Value memory(const RowRef &row);
Value typeOfService(const RowRef &row);

} // namespace socktree::column
