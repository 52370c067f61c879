// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/text_matcher.h"

#include "model/end_text.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QSet>
#include <QtCore/QStringMatcher>

#include <algorithm>
#include <array>
#include <sys/socket.h>

namespace socktree {

namespace {

/// What prepare() asks of a snapshot.
struct Answers {
    std::vector<bool> processes;
    std::vector<bool> names;
    std::vector<bool> labels; ///< of Protocol::Other
    QSet<quint32> users;
    QSet<quint32> services; ///< by serviceKey
};

/// The ways in which most sockets number their states; the others are asked one by one.
struct Numbering {
    quint8 family;
    bool isAssociation;
};
constexpr std::array<Numbering, 3> numberings{{{AF_INET, false}, {AF_INET, true}, {AF_UNIX, false}}};
constexpr std::size_t knownStates = 16;

class TextMatcher final : public RowPredicate
{
public:
    explicit TextMatcher(const QString &text)
        : m_matcher(text, Qt::CaseInsensitive), m_maybeAddress(std::all_of(text.begin(), text.end(), [](QChar c) {
              return QStringView(u"0123456789abcdefABCDEF.:").contains(c);
          }))
    {
        readEnd(text);
        for (const Protocol protocol : everyProtocol())
            m_protocols[static_cast<std::size_t>(protocol)] = found(QLatin1String(nameOf(protocol)));
        for (std::size_t i = 0; i < numberings.size(); ++i)
            for (std::size_t state = 0; state < knownStates; ++state)
                m_states[i][state] = found(stateName(inState(numberings[i], static_cast<quint8>(state))));
    }

    void prepare(const Generation &generation) override
    {
        m_shown = answersOf(generation.snapshot.get());
        m_closed = answersOf(generation.graveyard.get());
    }

    bool matches(const RowRef &row) const override
    {
        const Answers &answers = row.entry().buried ? m_closed : m_shown;
        const Socket &socket = row.socket();
        return isProtocol(socket, answers) || isInState(socket) || heldBy(row, answers)
            || (socket.has(Told::Uid) && answers.users.contains(socket.uid))
            || (socket.name < answers.names.size() && answers.names[socket.name]) || atAddress(socket)
            || serves(socket, socket.localPort, answers) || serves(socket, socket.remotePort, answers)
            || isEnd(socket.local, socket.localPort) || isEnd(socket.remote, socket.remotePort) || atOtherEnds(row);
    }

private:
    bool found(const QString &text) const { return m_matcher.indexIn(text) >= 0; }

    /// "127.0.0.1:443", "[::1]:443" and ":443" name one end: the address as it is shown, and a whole port.
    void readEnd(const QString &text)
    {
        const qsizetype colon = text.lastIndexOf(u':');
        bool isPort = false;
        const quint16 port = QStringView(text).sliced(colon + 1).toUShort(&isPort);
        QString host = text.left(std::max<qsizetype>(colon, 0));
        const bool isBracketed = host.startsWith(u'[') && host.endsWith(u']');
        if (colon < 0 || !isPort || port == 0 || (host.contains(u':') && !isBracketed))
            return;
        m_port = port;
        m_host = isBracketed ? host.sliced(1).chopped(1) : host;
    }

    bool isEnd(const Address &address, quint32 port) const
    {
        return m_port && m_port == port
            && (m_host.isEmpty() || addressText(address).compare(m_host, Qt::CaseInsensitive) == 0);
    }

    Answers answersOf(const Snapshot *snapshot) const
    {
        Answers answers;
        if (!snapshot)
            return answers;
        for (auto user = snapshot->users.constBegin(); user != snapshot->users.constEnd(); ++user)
            if (found(visible(user.value())))
                answers.users += user.key();
        if (snapshot->services)
            for (auto name = snapshot->services->constBegin(); name != snapshot->services->constEnd(); ++name)
                if (found(visible(name.value())))
                    answers.services += name.key();
        for (const QByteArray &label : snapshot->labels)
            answers.labels.push_back(found(visible(label)));
        answers.names.reserve(snapshot->names.size());
        for (const QByteArray &name : snapshot->names)
            answers.names.push_back(found(unixName(name)));
        answers.processes.reserve(snapshot->processes.size());
        for (const Process &process : snapshot->processes) {
            // Our own arguments hold the word that is looked for, if it was given there.
            const bool isReader = process.key.pid == snapshot->host.pid;
            answers.processes.push_back(isFound(process, isReader, answers));
        }
        return answers;
    }

    bool isFound(const Process &process, bool isReader, const Answers &answers) const
    {
        return found(processName(process)) || (!isReader && found(commandLine(process))) || found(visible(process.unit))
            || (process.uid && answers.users.contains(*process.uid));
    }

    bool isProtocol(const Socket &socket, const Answers &answers) const
    {
        return socket.label < answers.labels.size() ? answers.labels[socket.label]
                                                    : m_protocols[static_cast<std::size_t>(socket.protocol)];
    }

    static Socket inState(const Numbering &numbering, quint8 state)
    {
        Socket socket;
        socket.family = numbering.family;
        socket.protocol = numbering.isAssociation ? Protocol::Sctp : Protocol::Unknown;
        socket.association = numbering.isAssociation;
        socket.state = state;
        socket.tell(Told::State);
        return socket;
    }

    bool isInState(const Socket &socket) const
    {
        if (!socket.has(Told::State))
            return false;
        const quint8 family = socket.family == AF_INET6 ? quint8(AF_INET) : socket.family;
        for (std::size_t i = 0; socket.state < knownStates && i < numberings.size(); ++i)
            if (numberings[i].family == family && numberings[i].isAssociation == socket.association)
                return m_states[i][socket.state];
        return found(stateName(socket));
    }

    /// What other families have for addresses: "route", "host", "icmp".
    bool atOtherEnds(const RowRef &row) const
    {
        const Socket &socket = row.socket();
        const bool isPlain = isInternet(socket.protocol) && socket.protocol != Protocol::Raw;
        if (isPlain || socket.protocol == Protocol::Unix || socket.protocol == Protocol::Unknown)
            return false;
        return found(localEnd(row.snapshot(), socket)) || found(remoteEnd(row.snapshot(), socket));
    }

    bool heldBy(const RowRef &row, const Answers &answers) const
    {
        const auto holders = shownHolders(row.snapshot(), row.socket());
        if (const auto owner = holders.empty() ? shownOwner(row) : std::nullopt; // who held it
            owner && isFound(*owner->process, owner->process->key.pid == row.snapshot().host.pid, answers))
            return true;
        if (holders.empty())
            return found(visible(row.snapshot().unitOf(row.socket(), row.process()).unit));
        return std::any_of(
            holders.begin(), holders.end(), [&](const Holder &holder) { return answers.processes[holder.process]; });
    }

    bool atAddress(const Socket &socket) const
    {
        return m_maybeAddress
            && (found(addressText(socket.local)) || (isConnected(socket) && found(addressText(socket.remote))));
    }

    bool serves(const Socket &socket, quint32 port, const Answers &answers) const
    {
        return port && !answers.services.isEmpty() && answers.services.contains(serviceKey(port, socket.protocol));
    }

    QStringMatcher m_matcher;
    QString m_host;      ///< of an end; empty: any
    quint16 m_port = 0;  ///< of an end; 0: the text is none
    bool m_maybeAddress; ///< its characters can stand in an address, so addresses are worth writing out
    std::array<bool, protocolCount> m_protocols{};
    std::array<std::array<bool, knownStates>, numberings.size()> m_states{}; ///< by numbering and state
    Answers m_shown, m_closed;
};

} // namespace

PredicatePtr textMatcher(const QString &text)
{
    return std::make_shared<TextMatcher>(text);
}

} // namespace socktree
