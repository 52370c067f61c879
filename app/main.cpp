// SPDX-License-Identifier: GPL-3.0-or-later
// Asks the command line what is wanted, and calls it: the window, or what needs no display.
#include "app/command_line.h"
#include "app/window_main.h"
#include "model/export/standard_streams.h"

#include <QtCore/QCoreApplication>

#include <cstdio>

namespace {

using socktree::CommandLine;
using socktree::Exit;

int say(std::FILE *stream, const QString &message, Exit exit)
{
    const QByteArray bytes = message.toLocal8Bit();
    const bool written = std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream)
            == static_cast<std::size_t>(bytes.size())
        && std::fflush(stream) == 0;
    return static_cast<int>(written ? exit : Exit::Failed);
}

} // namespace

int main(int argc, char *argv[])
{
    if (!socktree::keepStandardStreams())
        return static_cast<int>(Exit::Failed); // and nobody to tell
    const CommandLine line = socktree::parseCommandLine(QByteArrayList(argv, argv + argc));
    switch (line.action) {
    case CommandLine::Action::Help:
    case CommandLine::Action::Version: return say(stdout, line.message, Exit::Done);
    case CommandLine::Action::Error: return say(stderr, line.message, Exit::Usage);
    case CommandLine::Action::List: {
        const QCoreApplication application(argc, argv);
        return static_cast<int>(socktree::runList(line, socktree::systemSources()));
    }
    case CommandLine::Action::Fields: {
        const QCoreApplication application(argc, argv);
        return static_cast<int>(socktree::runFields(line));
    }
    case CommandLine::Action::Record: {
        const QCoreApplication application(argc, argv);
        return static_cast<int>(socktree::runRecord(line, socktree::systemSources()));
    }
    case CommandLine::Action::Window: break;
    }
    return socktree::runWindow(argc, argv, socktree::systemSources(), line.openFile);
}
