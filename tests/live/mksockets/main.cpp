// SPDX-License-Identifier: GPL-3.0-or-later
// mksockets SITUATION…: makes sockets, prints one JSON object per socket and holder and then an empty line, and keeps
// them until its standard input ends. Each line that comes in makes it print all of them again, as they are then.
#include "tests/live/mksockets/elsewhere.h"
#include "tests/live/mksockets/situations.h"

#include <csignal>
#include <cstring>
#include <iostream>

using namespace mksockets;

static std::vector<Situation> situations()
{
    std::vector<Situation> all;
    for (const auto &table : {tcpSituations(), tcpStateSituations(), udpSituations(), unixSituations(),
             unixPeerSituations(), inetSituations(), familySituations(), packetSituations(), holderSituations(),
             ringSituations(), namespaceSituations(), endSituations()})
        all.insert(all.end(), table.begin(), table.end());
    return all;
}

static int usage()
{
    std::cerr << "usage: mksockets all | SITUATION…\n";
    for (const Situation &situation : situations())
        std::cerr << "  " << situation.name << ": " << situation.meaning << '\n';
    return 2;
}

static void make(const Situation &situation, All &all)
{
    const std::size_t before = all.size();
    try {
        situation.make(all, situation.name);
    } catch (const Cannot &why) {
        // What was made of it stays open, but nobody is told of half a situation.
        all.resize(before);
        all.push_back({situation.name, "", member("cannot", why.reason)});
    }
}

int main(int argc, char **argv)
{
    std::signal(SIGPIPE, SIG_IGN);
    std::vector<Situation> wanted;
    if (argc < 2)
        return usage();
    for (int i = 1; i < argc; ++i) {
        bool isKnown = false;
        for (const Situation &situation : situations()) {
            if (std::strcmp(argv[i], situation.name) != 0 && std::strcmp(argv[i], "all") != 0)
                continue;
            wanted.push_back(situation);
            isKnown = true;
        }
        if (!isKnown)
            return usage();
    }
    All all;
    for (const Situation &situation : wanted)
        make(situation, all);
    std::string line;
    do {
        for (const Held &held : all)
            std::cout << described(held) << '\n';
        std::cout << std::endl;
    } while (std::getline(std::cin, line));
    endChildren();
    return 0;
}
