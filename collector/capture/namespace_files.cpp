// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/namespace_files.h"

#include "collector/capture/mountinfo.h"
#include "collector/capture/proc_file.h"

namespace socktree {

std::vector<NamespaceMount> namespaceMounts(const QByteArray &mountinfo)
{
    std::vector<NamespaceMount> mounts;
    for (const MountedFile &mount : mountsOfType("nsfs", mountinfo))
        if (const auto inode = linkInode("net", mount.root))
            mounts.push_back({*inode, mount.path});
    return mounts;
}

} // namespace socktree
