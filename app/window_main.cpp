// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/window_main.h"

#include "app/main_window.h"
#include "app/quiet_text.h"
#include "model/refresher.h"

#include <QtCore/QSettings>
#include <QtCore/QTextStream>
#include <QtGui/QIcon>
#include <QtWidgets/QApplication>

#include <cstdio>
#include <unistd.h>

namespace socktree {

static bool hasDisplay(int argc, char **argv)
{
    for (const char *name : {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}) {
        if (!qEnvironmentVariableIsEmpty(name))
            return true;
    }
    for (int i = 1; i < argc; ++i) {
        if (qstrcmp(argv[i], "-platform") == 0)
            return true;
    }
    return false;
}

static int sayNoDisplay()
{
    QTextStream(stderr) << "socktree: no display; use socktree --list to print the sockets.\n";
    return 1;
}

/// While Qt looks for a display: one that is named and cannot be used makes it complain at length, then abort.
static void displayMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    if (type == QtFatalMsg)
        _exit(sayNoDisplay()); // the application is half made: nothing may be torn down
    if (!QByteArrayView(context.category).startsWith("qt.qpa"))
        std::fprintf(stderr, "%s\n", qPrintable(qFormatLogMessage(type, context, message)));
}

int runWindow(int &argc, char **argv, const Sources &sources, const QString &openFile)
{
    // Asked before Qt does, which would abort.
    if (!hasDisplay(argc, argv))
        return sayNoDisplay();
    QCoreApplication::setOrganizationName(QStringLiteral("socktree"));
    QCoreApplication::setApplicationName(QStringLiteral("socktree"));
    QCoreApplication::setApplicationVersion(QStringLiteral(SOCKTREE_VERSION));
    QGuiApplication::setApplicationDisplayName(QStringLiteral("Socktree"));
    QGuiApplication::setDesktopFileName(QStringLiteral("org.socktree.Socktree"));
    const QtMessageHandler before = qInstallMessageHandler(displayMessage);
    QApplication application(argc, argv);
    qInstallMessageHandler(before);
    const QuietText quietText(application);

    Refresher refresher(sources);
    if (openFile.isEmpty())
        refresher.refresh(); // runs in its worker while the window is built
    QSettings settings;
    QApplication::setWindowIcon(QIcon::fromTheme(
        QStringLiteral("org.socktree.Socktree"), QIcon(QStringLiteral(":/icons/org.socktree.Socktree.svg"))));
    MainWindow window(refresher, settings);
    if (!openFile.isEmpty())
        window.openCapture(openFile);
    window.show();
    return QApplication::exec();
}

} // namespace socktree
