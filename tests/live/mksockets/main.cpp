// SPDX-License-Identifier: GPL-3.0-or-later
// mksockets SITUATION…: makes sockets, prints one JSON object per socket and holder and then an empty line, and keeps
// them until its standard input ends. Each line that comes in makes it print all of them again, as they are then.
#include "tests/live/mksockets/situations.h"

#include <csignal>
#include <cstdio>
#include <cstring>
#include <iostream>

using namespace mksockets;

static const Situation *found(const char *name)
{
    for (const auto &situations : {tcpSituations(), otherSituations(), endSituations()}) {
        for (const Situation &situation : situations) {
            if (std::strcmp(situation.name, name) == 0)
                return &situation;
        }
    }
    return nullptr;
}

static int usage()
{
    std::cerr << "usage: mksockets SITUATION…\n";
    for (const auto &situations : {tcpSituations(), otherSituations(), endSituations()}) {
        for (const Situation &situation : situations)
            std::cerr << "  " << situation.name << ": " << situation.meaning << '\n';
    }
    return 2;
}

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<Held> all;
    if (argc < 2)
        return usage();
    for (int i = 1; i < argc; ++i) {
        const Situation *const situation = found(argv[i]);
        if (!situation)
            return usage();
        situation->make(all, situation->name);
    }
    std::string line;
    do {
        for (const Held &held : all)
            std::cout << described(held) << '\n';
        std::cout << std::endl;
    } while (std::getline(std::cin, line));
    return 0;
}
