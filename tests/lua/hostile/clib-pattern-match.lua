-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local s = ("a"):rep(3000)
while true do pcall(string.match, s, ("a*"):rep(9) .. "b") end
