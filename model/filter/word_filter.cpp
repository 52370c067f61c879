// SPDX-License-Identifier: GPL-3.0-or-later
#include "model/filter/word_filter.h"

#include "model/filter/text_matcher.h"
#include "model/filter/words.h"
#include "model/namespace_text.h"
#include "model/shown_owner.h"
#include "model/text.h"

#include <algorithm>

namespace socktree {

namespace {

class NumberMatcher final : public RowPredicate
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

class InodeMatcher final : public RowPredicate
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

class HandleMatcher final : public RowPredicate
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

/// Of a protocol: its whole name.
class ProtocolMatcher final : public RowPredicate
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
class NamespaceMatcher final : public RowPredicate
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

PredicatePtr matcherFor(const Word &word)
{
    switch (word.kind) {
    case Word::Kind::Number: return std::make_shared<NumberMatcher>(word.number);
    case Word::Kind::Inode: return std::make_shared<InodeMatcher>(word.number);
    case Word::Kind::Handle: return std::make_shared<HandleMatcher>(word);
    case Word::Kind::Protocol: return std::make_shared<ProtocolMatcher>(word.text);
    case Word::Kind::Namespace: return std::make_shared<NamespaceMatcher>(word.text);
    case Word::Kind::Text: break;
    }
    return textMatcher(word.text);
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
        PredicatePtr matcher;
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
