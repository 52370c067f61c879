// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/units.h"

#include <algorithm>

namespace socktree {

namespace {

constexpr qsizetype shownDigits = 12; // as docker ps and podman ps show them
constexpr qsizetype idDigits = 64;

bool isHex(QByteArrayView text)
{
    return std::all_of(
        text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'); });
}

/// Whether @p text is the id of a container: in practice 64 digits.
bool isId(QByteArrayView text)
{
    return text.size() >= shownDigits && text.size() <= idDigits && isHex(text);
}

/// Undoes systemd.unit(5)'s escapes of bytes.
QByteArray unescaped(QByteArrayView name)
{
    QByteArray plain;
    plain.reserve(name.size());
    for (qsizetype i = 0; i < name.size(); ++i) {
        const QByteArrayView digits = name.sliced(i).startsWith("\\x")
            ? name.sliced(i + 2).first(std::min<qsizetype>(2, name.size() - i - 2))
            : QByteArrayView();
        bool ok = false;
        const uint byte = digits.size() == 2 && isHex(digits) ? digits.toUInt(&ok, 16) : 0;
        if (ok && byte != 0) {
            plain.append(char(byte));
            i += 3;
        } else {
            plain.append(name[i]);
        }
    }
    return plain;
}

QByteArrayView withoutScope(QByteArrayView component)
{
    constexpr QByteArrayView scope(".scope");
    return component.endsWith(scope) ? component.chopped(scope.size()) : component;
}

QByteArray labelled(const char *runtime, QByteArrayView name)
{
    return QByteArray(runtime) + ':' + name.toByteArray();
}

struct Prefix {
    QByteArrayView prefix;
    const char *runtime;
};

/// What runtimes put before a container's id.
constexpr Prefix beforeIds[] = {
    {"docker-", "docker"},
    {"libpod-payload-", "podman"},
    {"libpod-", "podman"},
    {"cri-containerd-", "containerd"},
    {"crio-", "cri-o"},
    {"nerdctl-", "nerdctl"},
};
/// And before a name that people gave.
constexpr Prefix beforeNames[] = {
    {"machine-", "machine"},
    {"lxc.payload.", "lxc"},
    {"lxc.monitor.", "lxc-monitor"},
};

/// The container that one folder of a path stands for; empty if it is none.
QByteArray containerOf(QByteArrayView component, QByteArrayView parent, bool inKubernetes)
{
    const QByteArrayView name = withoutScope(component);
    for (const Prefix &p : beforeIds)
        if (name.startsWith(p.prefix) && isId(name.sliced(p.prefix.size())))
            return labelled(p.runtime, name.sliced(p.prefix.size()).first(shownDigits));

    // containerd told to use systemd's names without its driver: "slice:cri-containerd:id"
    const qsizetype colon = name.lastIndexOf(':');
    if (colon >= 0 && name.first(colon).endsWith(":cri-containerd") && isId(name.sliced(colon + 1)))
        return labelled("containerd", name.sliced(colon + 1).first(shownDigits));

    if (isId(name) && (parent == "docker" || name.size() == idDigits))
        return labelled(parent == "docker" ? "docker"
                : inKubernetes             ? "kubernetes"
                                           : "container",
            name.first(shownDigits));

    for (const Prefix &p : beforeNames) {
        const bool isMachine = p.prefix.startsWith("machine");
        if (name.startsWith(p.prefix) && name.size() > p.prefix.size() && isMachine == component.endsWith(".scope"))
            return labelled(p.runtime, unescaped(name.sliced(p.prefix.size())));
    }
    if (parent == "lxc")
        return labelled("lxc", component);

    constexpr QByteArrayView nspawn("systemd-nspawn@"), service(".service");
    if (component.startsWith(nspawn) && component.endsWith(service)
        && component.size() > nspawn.size() + service.size())
        return labelled("nspawn", unescaped(component.sliced(nspawn.size()).chopped(service.size())));
    return {};
}

bool isUnit(QByteArrayView component)
{
    constexpr QByteArrayView suffixes[] = {".service", ".scope", ".socket", ".mount", ".swap"};
    return std::any_of(std::begin(suffixes), std::end(suffixes),
        [&](QByteArrayView s) { return component.size() > s.size() && component.endsWith(s); });
}

} // namespace

QByteArray unitOfCgroup(QByteArrayView path)
{
    constexpr QByteArrayView deleted(" (deleted)");
    if (path.endsWith(deleted))
        path = path.chopped(deleted.size());

    QByteArray container;
    QByteArrayView unit, slice, parent;
    bool inKubernetes = false;
    while (!path.isEmpty()) {
        const qsizetype slash = path.indexOf('/');
        const QByteArrayView component = slash < 0 ? path : path.first(slash);
        path = slash < 0 ? path.last(0) : path.sliced(slash + 1);
        if (component.isEmpty())
            continue;
        inKubernetes = inKubernetes || component.startsWith("kubepods");
        if (const QByteArray found = containerOf(component, parent, inKubernetes); !found.isEmpty()) {
            container = found;
            unit = {};
        } else if (component == "init.scope" && !unit.isEmpty()) {
            // A service manager of its own (user@1000.service) keeps itself there: the service is the better name.
        } else if (isUnit(component)) {
            unit = component;
        } else if (component.endsWith(".slice")) {
            slice = component;
        }
        parent = component;
    }
    if (container.isEmpty())
        return unescaped(unit.isEmpty() ? slice : unit);
    return unit.isEmpty() ? container : container + '/' + unescaped(unit);
}

} // namespace socktree
