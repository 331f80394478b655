-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local line = ("x"):rep(100000)
while true do say(line) end
