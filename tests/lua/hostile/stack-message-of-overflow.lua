-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local t = setmetatable({}, { __index = function(t) return t.no.no end })
xpcall(function() return t.x end, function() return t.y.z end)
local function loop() return 1 + loop() end
coroutine.wrap(function() xpcall(loop, function() return loop() end) end)()
