// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/decode/units.h"
#include "tests/support/warnings.h"

#include <QtTest/QTest>

using namespace socktree;

namespace {
const QByteArray id("0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef");
}

class tst_units : public QObject
{
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { test::failOnWarnings(); }

    void namesTheUnit_data()
    {
        QTest::addColumn<QByteArray>("path");
        QTest::addColumn<QByteArray>("unit");
        const auto row = [](const char *name, const QByteArray &path, const QByteArray &unit) {
            QTest::newRow(name) << path << unit;
        };
        row("service", "/system.slice/ssh.service", "ssh.service");
        row("instance", "/system.slice/system-getty.slice/getty@tty1.service", "getty@tty1.service");
        row("delegated", "/system.slice/foo.service/worker-3", "foo.service");
        row("session", "/user.slice/user-1000.slice/session-3.scope", "session-3.scope");
        row("user service", "/user.slice/user-1000.slice/user@1000.service/app.slice/foo.service", "foo.service");
        row("user manager", "/user.slice/user-1000.slice/user@1000.service/init.scope", "user@1000.service");
        row("init", "/init.scope", "init.scope");
        row("escaped", "/user.slice/user-1000.slice/user@1000.service/app.slice/app-gnome-a\\x2db\\x40c-12.scope",
            "app-gnome-a-b@c-12.scope");
        row("no escape", "/system.slice/a\\x2.service", "a\\x2.service");
        row("no hexadecimal", "/system.slice/a\\xzz.service", "a\\xzz.service");
        row("escaped NUL stays escaped", "/system.slice/a\\x00.service", "a\\x00.service");
        row("socket", "/system.slice/cups.socket", "cups.socket");
        row("mount", "/system.slice/mnt-data.mount", "mnt-data.mount");
        row("slice", "/user.slice/user-1000.slice", "user-1000.slice");
        row("slice and folder", "/user.slice/user-1000.slice/mine", "user-1000.slice");
        row("deleted", "/system.slice/ssh.service (deleted)", "ssh.service");
        row("above our namespace", "/../system.slice/ssh.service", "ssh.service");
        row("snap", "/user.slice/user-1000.slice/user@1000.service/app.slice/snap.firefox.firefox-1.scope",
            "snap.firefox.firefox-1.scope");

        row("docker by systemd", "/system.slice/docker-" + id + ".scope", "docker:0123456789ab");
        row("docker by folders", "/docker/" + id, "docker:0123456789ab");
        row("docker daemon", "/system.slice/docker.service", "docker.service");
        row("docker, systemd within", "/docker/" + id + "/system.slice/nginx.service",
            "docker:0123456789ab/nginx.service");
        row("docker, init within", "/docker/" + id + "/init.scope", "docker:0123456789ab/init.scope");
        row("docker- without an id", "/system.slice/docker-cleanup.scope", "docker-cleanup.scope");
        row("podman", "/machine.slice/libpod-" + id + ".scope/container", "podman:0123456789ab");
        row("podman without root",
            "/user.slice/user-1000.slice/user@1000.service/user.slice/libpod-" + id + ".scope/container",
            "podman:0123456789ab");
        row("podman in a service", "/system.slice/web.service/libpod-payload-" + id, "podman:0123456789ab");
        row("podman's monitor", "/machine.slice/libpod-conmon-" + id + ".scope", "libpod-conmon-" + id + ".scope");
        row("kubernetes by systemd",
            "/kubepods.slice/kubepods-burstable.slice/kubepods-burstable-pod1_2.slice/cri-containerd-" + id + ".scope",
            "containerd:0123456789ab");
        row("kubernetes, cri-o", "/kubepods.slice/kubepods-pod1.slice/crio-" + id + ".scope", "cri-o:0123456789ab");
        row("kubernetes by folders", "/kubepods/burstable/pod11-22/" + id, "kubernetes:0123456789ab");
        row("containerd by colons", "/system.slice/kubepods-pod1.slice:cri-containerd:" + id,
            "containerd:0123456789ab");
        row("somebody's container", "/actions_job/" + id, "container:0123456789ab");
        row("hex, yet no id", "/system.slice/deadbeef", "system.slice");
        row("container in a container", "/docker/" + QByteArray(64, 'f') + "/kubelet/kubepods/pod1/" + id,
            "kubernetes:0123456789ab");
        row("lxc", "/lxc/web", "lxc:web");
        row("lxc of proxmox", "/lxc/101/ns/system.slice/ssh.service", "lxc:101/ssh.service");
        row("lxc payload", "/lxc.payload.web/system.slice/nginx.service", "lxc:web/nginx.service");
        row("lxc monitor", "/lxc.monitor.web", "lxc-monitor:web");
        row("virtual machine", "/machine.slice/machine-qemu\\x2d1\\x2dvm.scope/libvirt/emulator", "machine:qemu-1-vm");
        row("machine slice", "/machine.slice/machine-pool.slice", "machine-pool.slice");
        row("nspawn", "/machine.slice/systemd-nspawn@web.service/payload/system.slice/nginx.service",
            "nspawn:web/nginx.service");

        row("root", "/", "");
        row("nothing", "", "");
        row("plain folder", "/mygroup", "");
        row("suffix alone", "/.service", "");
        row("many slashes", "//system.slice//ssh.service//", "ssh.service");
    }
    void namesTheUnit()
    {
        QFETCH(QByteArray, path);
        QFETCH(QByteArray, unit);
        QCOMPARE(unitOfCgroup(path), unit);
    }
};

QTEST_GUILESS_MAIN(tst_units)
#include "tst_units.moc"
