// SPDX-License-Identifier: GPL-3.0-or-later
#include "app/capture_bar.h"

#include "app/capture_files.h"
#include "app/elided_label.h"
#include "app/plain_text.h"
#include "collector/capture/redacting_sink.h"
#include "model/owner_text.h"
#include "model/text.h"

#include <QtCore/QDir>
#include <QtCore/QFileInfo>
#include <QtWidgets/QHBoxLayout>
#include <QtWidgets/QLabel>
#include <QtWidgets/QStyle>
#include <QtWidgets/QToolButton>

#include <algorithm>

namespace socktree {

namespace {

void say(QLabel &label, const QString &text, const QString &toolTip)
{
    label.setText(text);
    label.setToolTip(plainToolTip(toolTip));
}

QString kindOf(const Snapshot &snapshot)
{
    if (snapshot.origin.socketsOnly)
        return CaptureBar::tr("A dump of ss: no host, time or owners are in it");
    const QString title = captureTitle(snapshot);
    return title.isEmpty() ? CaptureBar::tr("A capture") : CaptureBar::tr("Capture of %1").arg(title);
}

QString incompleteText(const FileShown &file)
{
    if (file.faults.empty())
        return CaptureBar::tr("Incomplete");
    const CaptureFault &first = file.faults.front();
    return (first.isEnd ? CaptureBar::tr("Incomplete: the file ends at byte %1")
                        : CaptureBar::tr("Incomplete: fault at byte %1"))
        .arg(first.offset);
}

} // namespace

QString captureTitle(const Snapshot &snapshot)
{
    QStringList parts;
    if (!snapshot.host.name.isEmpty())
        parts += visible(snapshot.host.name);
    if (snapshot.host.taken != WallTime())
        parts += timeText(snapshot.host.taken);
    return parts.join(QStringLiteral(", "));
}

QString captureFileName(const QString &path)
{
    return path == QLatin1String("-") ? CaptureBar::tr("standard input") : visible(QFileInfo(path).fileName().toUtf8());
}

QString explainFaults(const FileShown &file)
{
    const Snapshot &snapshot = *file.generation->snapshot;
    if (!snapshot.origin.incomplete)
        return {};
    QStringList lines{CaptureBar::tr("Not all that was captured could be read. What could be read is shown.")};
    lines += QString();
    if (snapshot.origin.ownersLost())
        lines += whyOwnersAreUnknown(snapshot);
    lines += textsOf(file.faults);
    if (file.moreFaults)
        lines += CaptureBar::tr("and %1 more").arg(file.moreFaults);
    return lines.join(u'\n');
}

QString explainWithheld(const QList<QByteArray> &withheld)
{
    QStringList replaced, leftOut;
    for (const QByteArray &each : withheld) {
        const auto stands = {RedactingSink::addresses, RedactingSink::unixNames};
        const auto found = std::find_if(
            stands.begin(), stands.end(), [&each](const RedactingSink::Replaced &one) { return each == one.what; });
        if (found == stands.end())
            leftOut += visible(each);
        else
            replaced += QStringLiteral("%1 (%2)").arg(visible(each), QString::fromUtf8(found->looksLike));
    }
    QStringList sentences; // what misleads is said first
    if (!replaced.isEmpty())
        sentences += CaptureBar::tr("Replaced by placeholders: %1.").arg(replaced.join(CaptureBar::tr(", ")));
    if (!leftOut.isEmpty())
        sentences += CaptureBar::tr("Left out on purpose: %1.").arg(leftOut.join(CaptureBar::tr(", ")));
    return sentences.join(u' ');
}

CaptureBar::CaptureBar(QAction *back, QWidget *parent)
    : QFrame(parent), m_title(new ElidedLabel("capture-title", Qt::ElideRight, this)),
      m_file(new ElidedLabel("capture-file", Qt::ElideMiddle, this)),
      m_withheld(new ElidedLabel("capture-withheld", Qt::ElideRight, this)), m_faults(new QToolButton(this)),
      m_lacks(new QWidget(this))
{
    setObjectName(QStringLiteral("capture-bar"));
    setFrameShape(QFrame::StyledPanel);
    // As a tooltip is: another ground than the rows', with the words that go with it, in every palette.
    setBackgroundRole(QPalette::ToolTipBase);
    setForegroundRole(QPalette::ToolTipText);
    setAutoFillBackground(true);
    for (QLabel *label : {m_title, m_file, m_withheld})
        label->setForegroundRole(QPalette::ToolTipText);
    QFont bold = font();
    bold.setBold(true);
    m_title->setFont(bold);

    m_faults->setObjectName(QStringLiteral("capture-faults"));
    m_faults->setIcon(style()->standardIcon(QStyle::SP_MessageBoxWarning, nullptr, this));
    m_faults->setToolButtonStyle(Qt::ToolButtonTextBesideIcon);
    m_faults->setFocusPolicy(Qt::TabFocus);
    connect(m_faults, &QToolButton::clicked, this, &CaptureBar::faultsAsked);
    auto *backButton = new QToolButton(this);
    backButton->setObjectName(QStringLiteral("capture-back"));
    backButton->setDefaultAction(back);
    backButton->setToolButtonStyle(Qt::ToolButtonTextOnly);
    backButton->setFocusPolicy(Qt::TabFocus);

    auto *line = new QHBoxLayout;
    line->addWidget(m_title);
    line->addWidget(m_file, 1);
    line->addWidget(backButton);
    auto *lacks = new QHBoxLayout(m_lacks);
    lacks->setContentsMargins(0, 0, 0, 0);
    lacks->addWidget(m_faults);
    lacks->addWidget(m_withheld, 1);
    auto *lines = new QVBoxLayout(this);
    constexpr int air = 4;
    lines->setContentsMargins(air * 2, air, air, air);
    lines->setSpacing(air);
    lines->addLayout(line);
    lines->addWidget(m_lacks);
    hide();
}

void CaptureBar::showFile(const FileShown &file)
{
    const Snapshot &snapshot = *file.generation->snapshot;
    const Origin &origin = snapshot.origin;
    const QString what = kindOf(snapshot);
    QStringList notes{what};
    if (!origin.madeBy.isEmpty())
        notes += tr("Written by %1").arg(visible(origin.madeBy));
    say(*m_title, what, notes.join(u'\n'));
    say(*m_file, captureFileName(file.path), QDir::toNativeSeparators(visible(file.path.toUtf8())));

    const QString leftOut = explainWithheld(origin.withheld);
    say(*m_withheld, leftOut, leftOut);
    m_withheld->setVisible(!leftOut.isEmpty());
    m_faults->setVisible(origin.incomplete);
    m_faults->setText(incompleteText(file));
    m_faults->setToolTip(plainToolTip(explainFaults(file)));
    m_lacks->setVisible(origin.incomplete || !leftOut.isEmpty());
    show();
}

} // namespace socktree
