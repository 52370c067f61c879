// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/word_filter.h"

#include "model/end_text.h"
#include "model/filter/words.h"
#include "model/namespace_text.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <QtCore/QSet>
#include <QtCore/QStringMatcher>

#include <algorithm>
#include <array>
#include <sys/socket.h>

namespace socktree {

namespace {

/// One word, asked of many rows.
class WordMatcher
{
public:
    virtual ~WordMatcher() = default;
    virtual void prepare(const Generation &) { }
    virtual bool matches(const RowRef &row) const = 0;
};

class NumberMatcher final : public WordMatcher
{
public:
    explicit NumberMatcher(quint64 number) : m_number(number) { }
    bool matches(const RowRef &row) const override
    {
        const Socket &socket = row.socket();
        if (m_number && (socket.localPort == m_number || socket.remotePort == m_number))
            return true;
        if (socket.has(Told::Inode) && socket.inode == m_number)
            return true;
        const Snapshot &snapshot = row.snapshot();
        for (const Holder &holder : snapshot.holdersOf(socket))
            if (is(holder.fd) || is(snapshot.processes[holder.process].key.pid))
                return true;
        const auto owner = shownOwner(row); // who may hold no descriptor of it
        return owner && is(owner->process->key.pid);
    }

private:
    bool is(qint32 number) const { return number >= 0 && static_cast<quint64>(number) == m_number; }
    quint64 m_number;
};

class InodeMatcher final : public WordMatcher
{
public:
    explicit InodeMatcher(quint64 inode) : m_inode(inode) { }
    bool matches(const RowRef &row) const override
    {
        return row.socket().has(Told::Inode) && row.socket().inode == m_inode;
    }

private:
    quint64 m_inode;
};

class HandleMatcher final : public WordMatcher
{
public:
    explicit HandleMatcher(const Word &word) : m_pid(word.pid), m_tid(word.tid), m_fd(word.fd) { }
    bool matches(const RowRef &row) const override
    {
        const Snapshot &snapshot = row.snapshot();
        const auto holders = snapshot.holdersOf(row.socket());
        return std::any_of(holders.begin(), holders.end(), [&](const Holder &holder) {
            return holder.fd == m_fd && holder.tid == m_tid && snapshot.processes[holder.process].key.pid == m_pid;
        });
    }

private:
    qint32 m_pid, m_tid, m_fd;
};

/// What is asked once per process, user, name and service of a snapshot, and not once per row.
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

class TextMatcher final : public WordMatcher
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
            return found(visible(row.snapshot().unitOf(row.socket()).unit));
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

/// Of a protocol: its whole name.
class ProtocolMatcher final : public WordMatcher
{
public:
    explicit ProtocolMatcher(const QString &name) : m_name(name) { }
    bool matches(const RowRef &row) const override
    {
        return protocolName(row.snapshot(), row.socket()).compare(m_name, Qt::CaseInsensitive) == 0;
    }

private:
    QString m_name;
};

/// Of a network namespace: its whole name, "net:[4026531833]", or that number.
class NamespaceMatcher final : public WordMatcher
{
public:
    explicit NamespaceMatcher(const QString &name) : m_name(name) { }
    void prepare(const Generation &generation) override
    {
        m_shown = answersOf(generation.snapshot.get());
        m_closed = answersOf(generation.graveyard.get());
    }
    bool matches(const RowRef &row) const override
    {
        const std::vector<bool> &answers = row.entry().buried ? m_closed : m_shown;
        return row.socket().netns < answers.size() && answers[row.socket().netns];
    }

private:
    std::vector<bool> answersOf(const Snapshot *snapshot) const
    {
        std::vector<bool> answers;
        if (!snapshot)
            return answers;
        for (const NetNamespace &netns : snapshot->namespaces)
            answers.push_back(isNamed(namespaceName(*snapshot, netns)) || isNamed(namespaceLink(netns))
                || (netns.inode && m_name == QString::number(netns.inode)));
        return answers;
    }
    bool isNamed(const QString &name) const { return name.compare(m_name, Qt::CaseInsensitive) == 0; }

    QString m_name;
    std::vector<bool> m_shown, m_closed; ///< by place in Snapshot::namespaces
};

std::unique_ptr<WordMatcher> matcherFor(const Word &word)
{
    switch (word.kind) {
    case Word::Kind::Number: return std::make_unique<NumberMatcher>(word.number);
    case Word::Kind::Inode: return std::make_unique<InodeMatcher>(word.number);
    case Word::Kind::Handle: return std::make_unique<HandleMatcher>(word);
    case Word::Kind::Protocol: return std::make_unique<ProtocolMatcher>(word.text);
    case Word::Kind::Namespace: return std::make_unique<NamespaceMatcher>(word.text);
    case Word::Kind::Text: break;
    }
    return std::make_unique<TextMatcher>(word.text);
}

class WordFilter final : public RowPredicate
{
public:
    explicit WordFilter(const std::vector<Word> &words)
    {
        for (const Word &word : words)
            m_words.push_back({matcherFor(word), word.exclude});
    }
    void prepare(const Generation &generation) override
    {
        for (const Asked &word : m_words)
            word.matcher->prepare(generation);
    }
    bool matches(const RowRef &row) const override
    {
        return std::all_of(m_words.begin(), m_words.end(),
            [&](const Asked &word) { return word.matcher->matches(row) != word.exclude; });
    }

private:
    struct Asked {
        std::unique_ptr<WordMatcher> matcher;
        bool exclude;
    };
    std::vector<Asked> m_words;
};

} // namespace

tl::expected<PredicatePtr, FilterError> parseFilter(const QString &text)
{
    const auto words = wordsOf(text);
    if (!words)
        return tl::unexpected(words.error());
    if (words->empty())
        return PredicatePtr();
    return std::make_shared<WordFilter>(*words);
}

} // namespace socktree
