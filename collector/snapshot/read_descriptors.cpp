// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/snapshot/read_descriptors.h"

#include "collector/decode/proc_fdinfo.h"
#include "collector/decode/proc_pid.h"

#include <QtCore/QHash>

#include <cerrno>
#include <utility>

namespace socktree {

namespace {

/// That there is no label: Smack and AppArmor keep none there, and without SELinux nobody does.
bool hasNoLabel(const Text &label)
{
    return label.got == Got::Gone && (label.error == EOPNOTSUPP || label.error == ENODATA);
}

} // namespace

void readDescriptors(const std::vector<DescriptorText> &texts, std::span<HeldInode> held, Snapshot &snapshot)
{
    if (texts.empty())
        return;
    QHash<std::pair<qint32, qint32>, const DescriptorText *> byPlace;
    for (const DescriptorText &one : texts)
        byPlace.insert({one.tid, one.fd}, &one);
    for (HeldInode &one : held) {
        const DescriptorText *told = byPlace.value({one.holder.tid, one.holder.fd});
        if (!told)
            continue;
        one.holder.flagsAsked = true;
        const FdInfo info = parseFdInfo(told->text.bytes);
        if (told->text.got != Got::Read || info.inode.value_or(one.inode) != one.inode)
            continue;
        one.holder.flags = info.flags;
        const QByteArray label = parseContext(told->label.bytes);
        const bool isPlain = hasNoLabel(told->label) || (told->label.got == Got::Read && label.isEmpty());
        if (!isPlain || !info.locks.isEmpty()) {
            one.holder.note = static_cast<quint32>(snapshot.descriptorNotes.size());
            snapshot.descriptorNotes.push_back({info.locks, label, isPlain ? Got::Read : told->label.got});
        }
    }
}

} // namespace socktree
