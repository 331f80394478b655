-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local s = ("x"):rep(5000000)
string.byte(s, 1, -1)
