-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local t = {}
for i = 1, 400000 do t[i] = i * 7919 % 400009 end
while true do pcall(table.sort, t, math.ult) end
