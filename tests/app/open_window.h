// SPDX-License-Identifier: GPL-3.0-or-later
// The whole window over a made-up machine, and hands for it.
#pragma once

#include "app/actions.h"
#include "app/details_panel.h"
#include "app/filter_box.h"
#include "app/main_window.h"
#include "app/process_panel.h"
#include "app/refresh_chain.h"
#include "app/socket_panel.h"
#include "app/status_counts.h"
#include "model/column.h"
#include "model/refresher.h"
#include "tests/support/stage.h"

#include <QtCore/QFile>
#include <QtTest/QSignalSpy>
#include <QtTest/QTest>
#include <QtWidgets/QApplication>
#include <QtWidgets/QFileDialog>
#include <QtWidgets/QToolButton>

#include <set>

namespace socktree::test {

constexpr quint8 established = 1, timeWait = 6, listening = 10;
using Inodes = std::set<quint32>;

/// Two processes with two sockets each, one without any, and a connection that is over.
inline void fill(Stage &stage)
{
    stage.addProcess(100, "nginx");
    stage.addProcess(200, "firefox");
    stage.addProcess(300, "idle");
    stage.addTcp(11, listening, "0.0.0.0", 80);
    stage.addTcp(12, established, "10.0.0.1", 80, "203.0.113.9", 50000);
    stage.addTcp(21, established, "10.0.0.1", 40000, "198.51.100.7", 443);
    stage.addUdp(22, 5353);
    stage.addTcp(31, timeWait, "10.0.0.1", 80, "203.0.113.9", 50001);
    stage.addDescriptor(100, 3, 11);
    stage.addDescriptor(100, 4, 12);
    stage.addDescriptor(200, 7, 21);
    stage.addDescriptor(200, 8, 22);
}

/// A window over the stage. It refreshes only when told.
struct Open {
    Open(Stage &stage, QSettings &settings) : refresher(stage.sources()), window(refresher, settings)
    {
        refresher.setPaused(true);
        window.resize(1200, 700);
        window.show();
    }
    template <typename T> T &part() { return *window.findChild<T *>(); }
    SocketView &table() { return part<SocketView>(); }
    ProcessView &tree() { return part<ProcessView>(); }
    FilterBox &filter() { return part<FilterBox>(); }
    SocketTableModel &rows() { return table().sockets(); }
    ProcessTreeModel &processes() { return *part<ProcessPanel>().model(); }
    void press(Qt::Key key, Qt::KeyboardModifiers modifiers = Qt::NoModifier)
    {
        QTest::keyClick(QApplication::focusWidget() ? QApplication::focusWidget() : &window, key, modifiers);
    }
    /// Captures once and waits until every part shows it.
    bool refresh()
    {
        QSignalSpy settled(&part<RefreshChain>(), &RefreshChain::settled);
        QSignalSpy refreshed(&refresher, &Refresher::refreshed);
        refresher.refresh();
        if (!refreshed.wait())
            return false;
        while (!rows().arrangement() || rows().arrangement()->generation != refresher.generation()
            || processes().tree()->generation != refresher.generation()) {
            if (!settled.wait())
                return false;
        }
        return true;
    }
    Inodes inodes()
    {
        Inodes all;
        for (int row = 0; row < rows().rowCount(); ++row)
            all.insert(rows().rowAt(row).socket().inode);
        return all;
    }
    quint32 slotOf(quint32 inode)
    {
        for (int row = 0; row < rows().rowCount(); ++row) {
            if (rows().rowAt(row).socket().inode == inode)
                return rows().slotAt(row);
        }
        return noIndex;
    }
    QModelIndex process(qint32 pid) { return processes().indexOf({pid, static_cast<quint64>(pid)}); }
    void click(const QModelIndex &index)
    {
        tree().scrollTo(index);
        QTest::mouseClick(tree().viewport(), Qt::LeftButton, Qt::NoModifier, tree().visualRect(index).center());
    }
    void trigger(Act act)
    {
        QAction *action = part<Actions>()[act];
        QVERIFY(action->isEnabled());
        action->trigger();
    }
    void showColumns(const QByteArrayList &ids)
    {
        for (const Column &column : columns())
            table().setColumnHidden(columnIndex(column.id), !ids.contains(column.id));
    }
    /// Does what the action asks a file for, with this one, and gives back what is in it.
    QByteArray exported(Act act, const QString &path)
    {
        trigger(act);
        auto *dialog = window.findChild<QFileDialog *>(QStringLiteral("export"));
        if (!dialog)
            return "(no dialog)";
        dialog->selectFile(path);
        part<StatusCounts>().say({});
        QMetaObject::invokeMethod(dialog, "accept"); // as its button does
        QFile file(path);
        if (!QTest::qWaitFor([&] { return part<StatusCounts>().message().contains(path); })
            || !file.open(QIODevice::ReadOnly))
            return "(not written)";
        return file.readAll();
    }
    QToolButton &status(const char *name)
    {
        return *part<StatusCounts>().findChild<QToolButton *>(QLatin1String(name));
    }

    Refresher refresher;
    MainWindow window;
};

} // namespace socktree::test
