-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
local x = ("x"):rep(1000000)
for i = 1, 1000000 do t[i] = x end
return table.concat(t)
