-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4 0
local t = {}
for i = 1, 1000 do t[i] = i end
for _ = 1, 1e9 do pcall(table.sort, t, function() return true end) end
