-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local t = {}
for i = 1, 300 do t[i] = "local a" .. i end
assert(load(table.concat(t, "\n")))
