-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
string.match("x", ("("):rep(100))
