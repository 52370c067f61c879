// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/hostile_names.h"

#include <string>

namespace socktree::test {

const std::vector<QByteArray> &hostileNames()
{
    using namespace std::string_literals;
    static const auto bytes = [](const std::string &text) { return QByteArray::fromStdString(text); };
    static const std::vector<QByteArray> names = {
        "nginx",
        "=1+1",
        "@SUM(A1)",
        "-x y",
        "<b>bold</b>&amp;",
        "a\"b,c;d\te",
        "line\nbreak\r\n",
        ") R 1 (",
        "\x1b[31mred",
        "\xff\xfe\xc3",
        "\xe2\x80\xaegnp.exe", // right-to-left override
        bytes("nul\0in it"s),
        "",
        "%s%n%1",
        "'quoted'",
    };
    return names;
}

} // namespace socktree::test
