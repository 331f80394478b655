-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local t = {}
for i = 1, 200 do t[i] = 1e308 end
local format = ("%99.99f"):rep(#t)
while true do string.format(format, table.unpack(t)) end
