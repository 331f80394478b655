-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
for i = 1, 100 do t[i] = i end
table.sort(t, function() while true do end end)
