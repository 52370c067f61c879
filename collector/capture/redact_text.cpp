// SPDX-License-Identifier: GPL-3.0-or-later
#include "collector/capture/redact_text.h"

#include "collector/capture/proc_file.h"

#include <QtCore/QList>

#include <arpa/inet.h>
#include <netinet/in.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

namespace socktree {

namespace {

bool isOneOf(const QByteArray &name, std::initializer_list<const char *> names)
{
    return std::any_of(names.begin(), names.end(), [&](const char *one) { return name == one; });
}

bool isHex(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](char c) {
        return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
    });
}

/// "0100007F:1F90": words of the address in host byte order, then the port.
std::optional<QByteArray> redactHexEnd(const QByteArray &text, Pseudonyms &pseudonyms)
{
    constexpr qsizetype digitsOfWord = 8;
    const qsizetype colon = text.indexOf(':');
    if ((colon != digitsOfWord && colon != 4 * digitsOfWord) || !isHex(QByteArrayView(text).first(colon)))
        return std::nullopt;
    std::array<quint32, 4> words{};
    const auto count = static_cast<std::size_t>(colon / digitsOfWord);
    for (std::size_t i = 0; i < count; ++i)
        words[i] = text.mid(static_cast<qsizetype>(i) * digitsOfWord, digitsOfWord).toUInt(nullptr, 16);
    const auto bytes = std::as_writable_bytes(std::span(words).first(count));
    if (count == 1)
        pseudonyms.replaceFour(bytes);
    else
        pseudonyms.replaceSixteen(bytes);
    QByteArray made;
    for (std::size_t i = 0; i < count; ++i)
        made += QByteArray::number(words[i], 16).toUpper().rightJustified(digitsOfWord, '0');
    return made + text.mid(colon);
}

/// "  0: 0100007F:1F90 00000000:0000 0A …"
std::optional<QByteArray> redactInetLine(const QByteArray &line, Pseudonyms &pseudonyms)
{
    const qsizetype colon = line.indexOf(": ");
    if (colon < 0)
        return std::nullopt;
    QList<QByteArray> words = line.mid(colon + 2).split(' ');
    if (words.size() < 3)
        return std::nullopt;
    for (const qsizetype place : {0, 1}) {
        const auto redacted = redactHexEnd(words[place], pseudonyms);
        if (!redacted)
            return std::nullopt;
        words[place] = *redacted;
    }
    return line.first(colon + 2) + words.join(' ');
}

/// "0000000000000000: 00000002 00000000 00010000 0001 01 12345 /run/x": what is behind the inode is the name.
std::optional<QByteArray> redactUnixLine(const QByteArray &line, Pseudonyms &pseudonyms)
{
    qsizetype at = 0;
    for (int field = 0; field < 7; ++field) {
        while (at < line.size() && line[at] == ' ')
            ++at;
        const qsizetype begin = at;
        while (at < line.size() && line[at] != ' ')
            ++at;
        const QByteArrayView word = QByteArrayView(line).sliced(begin, at - begin);
        if (!isHex(field == 0 && word.endsWith(':') ? word.chopped(1) : word))
            return std::nullopt; // a name with a newline in it goes on here
    }
    if (at + 1 >= line.size())
        return line;
    QByteArray name = line.sliced(at + 1);
    const bool isAbstract = name.startsWith('@');
    if (isAbstract)
        name[0] = '\0';
    name = pseudonyms.ofName(name);
    if (isAbstract)
        name[0] = '@';
    return line.first(at + 1) + name;
}

/// Addresses as people write them; SCTP marks the primary one with a star.
QByteArray redactWords(const QByteArray &line, Pseudonyms &pseudonyms)
{
    QList<QByteArray> words = QByteArray(line).replace('\t', ' ').split(' ');
    for (QByteArray &word : words) {
        const bool isPrimary = word.startsWith('*');
        const QByteArray text = word.mid(isPrimary ? 1 : 0);
        Pseudonyms::Four four;
        Pseudonyms::Sixteen sixteen;
        char made[INET6_ADDRSTRLEN];
        if (inet_pton(AF_INET, text.constData(), four.data()) == 1) {
            four = pseudonyms.of(four);
            inet_ntop(AF_INET, four.data(), made, sizeof made);
        } else if (inet_pton(AF_INET6, text.constData(), sixteen.data()) == 1) {
            sixteen = pseudonyms.of(sixteen);
            inet_ntop(AF_INET6, sixteen.data(), made, sizeof made);
        } else {
            continue;
        }
        word = (isPrimary ? "*" : "") + QByteArray(made);
    }
    return words.join(' ');
}

bool isHeading(const QByteArray &file, const QByteArray &line)
{
    const QByteArray text = line.trimmed();
    return file == "unix" ? text.startsWith("Num ") : text.startsWith("sl ");
}

std::optional<QByteArray> redactLine(const QByteArray &file, const QByteArray &line, Pseudonyms &pseudonyms)
{
    if (isHeading(file, line))
        return line;
    if (isOneOf(file, {"tcp", "tcp6", "udp", "udp6", "udplite", "udplite6", "raw", "raw6", "icmp", "icmp6"}))
        return redactInetLine(line, pseudonyms);
    if (file == "unix")
        return redactUnixLine(line, pseudonyms);
    if (file.startsWith("sctp/"))
        return redactWords(line, pseudonyms);
    if (isOneOf(file, {"netlink", "packet"}))
        return line;
    return std::nullopt;
}

} // namespace

QByteArray redactNetText(const QByteArray &file, const QByteArray &lines, Pseudonyms &pseudonyms, quint64 &dropped)
{
    QByteArray made;
    for (const QByteArray &line : lines.split('\n')) {
        if (line.isEmpty())
            continue;
        if (const auto redacted = redactLine(file, line, pseudonyms))
            made += *redacted + '\n';
        else
            ++dropped;
    }
    return made;
}

/// No slash and no bracket, with which paths and other files' links would come.
static bool isOfLock(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) || c == ':' || c == ' ' || c == '\t' || c == '*' || c == '-';
}

QByteArray redactDescriptor(const QByteArray &text)
{
    static constexpr const char *known[] = {"pos", "flags", "mnt_id", "ino", "scm_fds"};
    QByteArray made;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray value = line.mid(colon + 1).trimmed();
        bool isDigits = false;
        value.toULongLong(&isDigits);
        const bool isKnown = std::any_of(std::begin(known), std::end(known),
            [&](const char *name) { return colon >= 0 && line.left(colon) == name; });
        // Kind of the lock, its holder's pid, numbers of device and file, and the range.
        const bool isLock = line.startsWith("lock:") && std::all_of(line.begin(), line.end(), isOfLock);
        if ((isKnown && isDigits) || isLock)
            made += line + '\n';
    }
    return made;
}

QByteArray redactRing(const QByteArray &text)
{
    QByteArray made;
    for (const QByteArray &line : text.split('\n')) {
        const qsizetype colon = line.indexOf(':');
        const QByteArray name = line.left(colon).trimmed();
        const QByteArray value = line.mid(colon + 1).trimmed();
        bool isNumber = false;
        name.toUInt(&isNumber);
        bool isCount = false;
        value.toULongLong(&isCount);
        isCount = isCount && (name == "UserFiles" || name == "UserBufs");
        if (colon >= 0 && (isCount || (isNumber && linkInode("socket", value))))
            made += line + '\n';
    }
    return made;
}

} // namespace socktree
