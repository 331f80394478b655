-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit memory
local t, s = {}, ("x"):rep(1000000)
for i = 1, 100 do t[i] = s end
local function concat() return table.concat(t) end
while true do pcall(function() coroutine.wrap(concat)() end) end
