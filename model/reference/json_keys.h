// SPDX-License-Identifier: GPL-3.0-or-later
// The keys of our JSON that are neither columns nor attributes, each with what it means.
#pragma once

namespace socktree {

/// A key that json.cpp writes by itself. @p type names a definition, or a type with a '=' in front of it.
struct JsonKey {
    const char *id;
    const char *type;
    bool always;
    const char *description;
};

inline constexpr JsonKey headKeys[] = {
    {"schema", "schema-name", true,
        "which schema this is; the number is raised when a key goes or changes its meaning"},
    {"host", "=string", false, "name of the host; absent if a file was opened that does not tell it"},
    {"kernel", "=string", false, "release of its kernel; absent likewise"},
    {"taken", "time", false, "when the capture was taken, by the host's clock; absent likewise"},
    {"file", "file", false, "of a capture that was opened; absent of the running system"},
    {"euid", "large", false, "effective user of who read; absent if a file was opened that does not tell it"},
    {"netns", "large", false, "network namespace of who read: its cookie, or inode; absent if neither is known"},
    {"owners-read", "=boolean", true, "whether any process was read; if not, no socket has holders"},
    {"owners-why", "owners-why", false,
        "why none was: not-recorded: the file that was opened is of a kind that has none; lost: it is cut off before "
        "them, or damaged there; not-listed: /proc listed none; not-yet: the window "
        "has not read them yet; absent if owners-read is true"},
    {"processes-complete", "=boolean", true,
        "whether the list of processes could be read to its end, and nothing says that processes are missing from it"},
    {"denied-processes", "large", false,
        "processes that did not let us see their descriptors; absent if owners-read is false"},
    {"unseen-processes", "unseen", false,
        "why processes may be missing from the list: hidepid of /proc, or another namespace of process IDs; absent if "
        "none can be"},
    {"vanished-processes", "large", false, "processes that ended while they were read; absent if owners-read is false"},
    {"problems", "[problem", true, "what could not be read"},
    {"unavailable", "[unavailable", true, "lists that this system cannot give, which is not the same as empty ones"},
    {"namespaces", "[namespace", true, "network namespaces, that of who read first"},
    {"dumps", "[dump", true,
        "what the kernel was asked for, and how each dump ended; a repeated one stands here twice"},
    {"sockets", "[socket", true, "one object a socket, in the order of the list"},
};

inline constexpr JsonKey fileKeys[] = {
    {"kind", "file-kind", true,
        "capture: of socktree --record; ss-dump: of ss -D, which has TCP sockets and nothing of the host, of "
        "processes or of the names of numbers"},
    {"incomplete", "=boolean", true, "something of it could not be read; the problems say what, and where"},
    {"made-by", "=string", false, "program and version that wrote it; absent if it does not say"},
    {"withheld", "[=string", true, ""}, // described where the list is at hand
};

inline constexpr JsonKey problemKeys[] = {
    {"source", "=string", true, "what was read"},
    {"what", "=string", true, "what went wrong"},
    {"errno", "large", false, "the error of the system call; absent if there was none"},
    {"more", "large", false, "so many more sources had the same problem; absent if none had"},
};

inline constexpr JsonKey unavailableKeys[] = {
    {"what", "=string", true, "sockets of which family or protocol"},
    {"why", "=string", true, "why they cannot be listed"},
};

inline constexpr JsonKey namespaceKeys[] = {
    {"id", "large", true, "as the sockets' netns-id"},
    {"inode", "large", false, "its inode, as in net:[4026531833]; absent if not told"},
    {"name", "=string", true, "as the sockets' netns"},
    {"mounted", "=string", false, "where it is mounted; absent if nowhere that we see"},
    {"pid", "large", false, "a process that is in it, the lowest, or that has a thread in it; absent if none is known"},
    {"tid", "large", false, "the thread of that process that is in it; absent if the process as a whole is"},
    {"reached", "reached", false,
        "home: of who read; entered: by setns; by-process: not entered, the net folder of a process was read, which "
        "tells less; unread: known by its mount alone, none of its sockets was read; absent if the file that was "
        "opened does not tell it"},
    {"errno", "large", false, "the error of entering it; absent if there was none"},
};

inline constexpr JsonKey endKeys[] = {
    {"cookie", "hex-number", false, "of that socket; absent if it has none"},
    {"inode", "large", false, "of that socket; absent if it has none"},
    {"protocol", "=string", true, "its protocol"},
    {"socket", "=string", true, "its address or number"},
    {"process", "=string", false, "name of the process that it is shown with; absent if there is none"},
    {"pid", "large", false, "process ID of the same"},
    {"process-why", "reason", false, "why no process is told; absent if one is"},
    {"holder-count", "large", false,
        "descriptors that hold it, or the listener it waits at; absent if one or none does"},
    {"owner-how", "owner-how", false,
        "listener: the process is that of the listener it waits at; ambiguous: it waits at one of several listeners, "
        "and the process is a guess or absent; absent if the process holds it"},
};

inline constexpr JsonKey formerOwnerKeys[] = {
    {"process", "=string", true, "name of the process that held it until it closed it"},
    {"pid", "large", true, "process ID of the same"},
};

inline constexpr JsonKey dumpKeys[] = {
    {"dump", "=string", true, "its name: \"tcp over ipv6\""},
    {"family", "large", true, "address family asked for (AF_…)"},
    {"protocol", "large", true, "IP protocol asked for; 0 for families without"},
    {"netns", "large", false, "network namespace asked in, as above; absent if it is not known"},
    {"states", "large", false, "bits of the states asked for; absent if the file that was opened does not record it"},
    {"asked", "large", false, "bits of the attributes asked for: idiag_ext or udiag_show; absent likewise"},
    {"ending", "ending", true, "unsupported: no handler in this kernel, which is not the same as no such sockets"},
    {"errno", "large", false, "the error it ended with; absent if there was none"},
    {"strangers", "large", false, "messages that answered somebody else; absent if there were none"},
    {"rows", "large", true, "sockets in it"},
};

inline constexpr JsonKey holderKeys[] = {
    {"process", "=string", true, "name of the process"},
    {"pid", "large", true, "its process ID"},
    {"fd", "large", false, "descriptor that leads to the socket; absent if none does: see mapped"},
    {"flags", "[open-flag", false,
        "how the descriptor is open, as fcntl(2) tells: rdwr, nonblock, cloexec, async …, what has no name as 0x…; "
        "absent if it was not asked, or fd is none of the socket's"},
    {"locks", "[=string", false,
        "locks held by the descriptor: flock write, posix read 0-99 …; absent if there are none"},
    {"registered", "true", false,
        "it is registered with the io_uring instance that fd leads to; absent if fd leads to the socket"},
    {"mapped", "true", false,
        "its ring is in the memory of the process, its descriptor was closed; absent if fd leads to it"},
    {"tid", "large", false, "thread whose own table has the descriptor; absent if it is the process's table"},
    {"ppid", "large", false, "process ID of its parent; absent if it has none in the reader's namespace of PIDs"},
    {"pgid", "large", false, "its process group, by the process ID of the leader; absent likewise"},
    {"sid", "large", false, "its session, by the process ID of the leader; absent likewise"},
    {"user", "=string", false, "effective user of the process, or the number; absent if not readable"},
    {"uid", "large", false, "the same as a number"},
    {"command-line", "=string", false, "program and arguments; absent if it has none, as kernel threads"},
    {"executable", "=string", false, "file that is run; absent if not readable"},
    {"unit", "=string", false, "systemd unit or container; absent if its control group names none"},
    {"context", "=string", false, "label of a security module; absent if it has none, or it is not readable"},
};

inline constexpr JsonKey unknownKeys[] = {
    {"number", "large", false, "number of an attribute that no table knows, or that was sent again"},
    {"end-of", "=string", false, "id of an attribute that is longer than we know"},
    {"word", "=string", false, "word of a file's line that no column is for"},
    {"cut-short", "=string", false, "bytes at the end of a message that are no whole attribute"},
    {"in", "=string", false, "id of the nest it was in; absent at the top"},
    {"hex", "hex-bytes", true, "the bytes"},
};

} // namespace socktree
