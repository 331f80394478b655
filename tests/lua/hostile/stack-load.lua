-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local text = ("("):rep(1000000)
assert(load("return " .. text))
