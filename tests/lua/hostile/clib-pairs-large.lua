-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
for i = 1, 500000 do t[i] = i end
while true do for _ in pairs(t) do break end end
