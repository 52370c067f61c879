// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/status_counts.h"

#include "app/plain_text.h"
#include "model/state_counts.h"

#include <QtCore/QLocale>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace socktree {

QString scanText(std::chrono::microseconds took, std::chrono::milliseconds interval)
{
    const QLocale locale;
    const auto span = [&locale](double seconds) {
        return seconds < 1 ? StatusCounts::tr("%1 ms").arg(locale.toString(qRound(seconds * 1000)))
                           : StatusCounts::tr("%1 s").arg(locale.toString(seconds, 'g', 2));
    };
    const double tookSeconds = std::chrono::duration<double>(took).count();
    const QString time = tookSeconds < 0.001 ? StatusCounts::tr("<1 ms") : span(tookSeconds);
    const double every = std::chrono::duration<double>(interval).count();
    return StatusCounts::tr("%1 every %2 s").arg(time, locale.toString(every, 'g', 3));
}

QToolButton *StatusCounts::add(const char *name, int importance, const QString &tip)
{
    auto *button = new QToolButton(this);
    button->setObjectName(QString::fromLatin1(name));
    button->setAutoRaise(true);
    button->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    button->setFocusPolicy(Qt::TabFocus);
    button->setToolTip(tip);
    m_row->addWidget(button);
    m_parts.push_back({button, importance});
    return button;
}

StatusCounts::StatusCounts(QWidget *parent) : QWidget(parent), m_row(new QHBoxLayout(this)), m_message(new QLabel(this))
{
    m_row->setContentsMargins(4, 0, 4, 0);
    m_row->setSpacing(2);
    m_shown = add("shown", 100, tr("Rows shown and sockets there are. Click: show all"));
    m_selected = new QLabel(this);
    m_selected->setObjectName(QStringLiteral("selected"));
    m_selected->setToolTip(tr("Rows selected in the table"));
    m_selected->setMargin(4);
    m_row->addWidget(m_selected);
    m_parts.push_back({m_selected, 65});
    m_listening = add(
        "listening", 60, tr("Listening sockets, and UDP ones that are bound and not connected. Click: only these"));
    m_established = add("established", 59, tr("Connected sockets. Click: only these"));
    m_timeWait = add("time-wait", 40, tr("TCP connections that are over, kept for late packets. Click: only these"));
    m_closeWait = add("close-wait", 39,
        tr("TCP connections that the other side has ended and this side has not closed. Click: only these"));
    m_waiting = add("waiting", 70, tr("The order holds still while you work in the table. Click: show them now"));
    m_message->setObjectName(QStringLiteral("message"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_message->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_message->hide();
    m_row->addWidget(m_message, 1);
    m_row->addStretch();
    m_root = new QLabel(tr("Running as root"), this);
    m_root->setObjectName(QStringLiteral("root"));
    m_root->setToolTip(tr("To look into others' processes takes root; the list of sockets does not."));
    m_root->setMargin(4);
    m_row->addWidget(m_root);
    m_parts.push_back({m_root, 50});
    m_paused = add("paused", 80, tr("The list is not refreshed. Click: go on"));
    m_problems = add("problems", 90, tr("Something could not be read. Click: what and why"));
    m_hidden = add("hidden", 85, tr("Processes whose sockets we may not see. Click: why, and what can be done"));
    m_scan = new QLabel(this);
    m_scan->setObjectName(QStringLiteral("scan"));
    m_scan->setToolTip(tr("How long the last refresh took, and how often it is done"));
    m_scan->setMargin(4);
    m_row->addWidget(m_scan);
    m_parts.push_back({m_scan, 45});
    std::sort(m_parts.begin(), m_parts.end(), [](const Part &a, const Part &b) { return a.importance > b.importance; });

    m_paused->setText(tr("Paused"));
    m_paused->setIcon(style()->standardIcon(QStyle::SP_MediaPause, nullptr, this));
    m_problems->setIcon(style()->standardIcon(QStyle::SP_MessageBoxWarning, nullptr, this));
    m_hidden->setIcon(style()->standardIcon(QStyle::SP_MessageBoxInformation, nullptr, this));
    for (Part &part : m_parts)
        part.wanted = false;
    m_messageTime.setSingleShot(true);
    m_messageTime.setInterval(8000);
    connect(&m_messageTime, &QTimer::timeout, this, [this] { say({}); });

    connect(m_shown, &QToolButton::clicked, this, &StatusCounts::allAsked);
    connect(m_listening, &QToolButton::clicked, this, &StatusCounts::listeningAsked);
    connect(m_established, &QToolButton::clicked, this, &StatusCounts::establishedAsked);
    connect(m_timeWait, &QToolButton::clicked, this, &StatusCounts::timeWaitAsked);
    connect(m_closeWait, &QToolButton::clicked, this, &StatusCounts::closeWaitAsked);
    connect(m_waiting, &QToolButton::clicked, this, &StatusCounts::waitingAsked);
    connect(m_paused, &QToolButton::clicked, this, &StatusCounts::pausedAsked);
    connect(m_problems, &QToolButton::clicked, this, &StatusCounts::problemsAsked);
    connect(m_hidden, &QToolButton::clicked, this, &StatusCounts::hiddenAsked);
    fit();
}

static QString counted(const char *one, const char *many, quint32 n)
{
    return StatusCounts::tr(n == 1 ? one : many, nullptr, static_cast<int>(n));
}

void StatusCounts::show(const ArrangementPtr &arrangement)
{
    if (!arrangement || !arrangement->generation)
        return;
    const Generation &generation = *arrangement->generation;
    const Snapshot &snapshot = *generation.snapshot;
    const QLocale locale;
    quint32 shown = 0;
    for (const quint32 slot : arrangement->slots)
        shown += generation.entries[slot].live();
    m_shown->setText(shown == arrangement->total
            ? counted(QT_TR_NOOP("%Ln socket"), QT_TR_NOOP("%Ln sockets"), shown)
            : tr("%1 of %2 sockets").arg(locale.toString(shown), locale.toString(arrangement->total)));
    const StateCounts counts = countStates(generation);
    m_listening->setText(tr("Listening %1").arg(locale.toString(counts.listening)));
    m_established->setText(tr("Established %1").arg(locale.toString(counts.established)));
    m_timeWait->setText(tr("Time-wait %1").arg(locale.toString(counts.timeWait)));
    m_closeWait->setText(tr("Close-wait %1").arg(locale.toString(counts.closeWait)));
    m_waiting->setText(counted(QT_TR_NOOP("%Ln new row waits"), QT_TR_NOOP("%Ln new rows wait"), arrangement->waiting));
    const auto problems = static_cast<quint32>(snapshot.problems.size());
    m_problems->setText(counted(QT_TR_NOOP("%Ln problem"), QT_TR_NOOP("%Ln problems"), problems));
    m_hidden->setText(
        counted(QT_TR_NOOP("owner of %Ln socket hidden"), QT_TR_NOOP("owners of %Ln sockets hidden"), counts.hidden));
    for (QWidget *always : QList<QWidget *>{m_shown, m_listening, m_established, m_timeWait, m_closeWait})
        want(always, true);
    want(m_waiting, arrangement->waiting > 0);
    want(m_problems, problems > 0);
    want(m_hidden, counts.hidden > 0);
    m_root->setText(snapshot.origin.file ? tr("Captured as root") : tr("Running as root"));
    want(m_root, snapshot.host.euid == 0u);
    fit();
}

void StatusCounts::showSelected(quint32 rows)
{
    m_selected->setText(tr("%Ln selected", nullptr, static_cast<int>(rows)));
    want(m_selected, rows > 1);
    fit();
}

void StatusCounts::showScan(std::chrono::microseconds took, std::chrono::milliseconds interval, bool paused)
{
    m_scan->setText(scanText(took, interval));
    want(m_scan, took.count() > 0);
    want(m_paused, paused);
    fit();
}

void StatusCounts::say(const QString &message)
{
    m_message->setText(message);
    m_message->setToolTip(plainToolTip(message));
    if (message.isEmpty())
        m_messageTime.stop();
    else
        m_messageTime.start();
    fit();
}

QString StatusCounts::message() const
{
    return m_message->text();
}

void StatusCounts::want(QWidget *widget, bool wanted)
{
    for (Part &part : m_parts) {
        if (part.widget == widget)
            part.wanted = wanted;
    }
}

QSize StatusCounts::minimumSizeHint() const
{
    return {0, m_shown->sizeHint().height()};
}

void StatusCounts::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    fit();
}

void StatusCounts::fit()
{
    const bool speaking = !m_message->text().isEmpty();
    int room = width() - 8;
    bool full = false;
    for (const Part &part : m_parts) {
        const bool count = m_row->indexOf(part.widget) < m_row->indexOf(m_message);
        bool visible = part.wanted && !(count && speaking);
        if (visible) {
            const int needs = part.widget->sizeHint().width() + m_row->spacing();
            full = full || needs > room;
            visible = !full;
            room -= visible ? needs : 0;
        }
        part.widget->setVisible(visible);
    }
    m_message->setVisible(speaking);
}

} // namespace socktree
