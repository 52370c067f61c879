// SPDX-License-Identifier: GPL-3.0-or-later
// What the window is made of, for those who connect it.
#pragma once

class QMainWindow;

namespace socktree {

class Actions;
class CaptureBar;
class DetailsPanel;
class Exporter;
class PanelSplitter;
class ProcessPanel;
class Refresher;
class RefreshChain;
class SocketPanel;
class StatusCounts;
class ToolBar;
class ViewQuery;
class Zoom;

/// Never null once built; all live as long as the window.
struct WindowParts {
    QMainWindow *window = nullptr;
    Refresher *refresher = nullptr;
    Actions *actions = nullptr;
    ViewQuery *query = nullptr;
    ToolBar *toolBar = nullptr;
    CaptureBar *captureBar = nullptr;
    ProcessPanel *tree = nullptr;
    SocketPanel *table = nullptr;
    DetailsPanel *details = nullptr;
    StatusCounts *status = nullptr;
    PanelSplitter *treeAndTable = nullptr;
    PanelSplitter *tableAndDetails = nullptr;
    RefreshChain *chain = nullptr;
    Exporter *exporter = nullptr;
    Zoom *zoom = nullptr;
};

} // namespace socktree
