-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
string.match(("a"):rep(300000), (".?"):rep(300000))
