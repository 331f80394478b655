-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local t = {}
for i = 1, 200 do t[i] = "a" .. i end
load("local t = ... return " .. ("t[1] .. "):rep(240) .. "t[1]")(t)
