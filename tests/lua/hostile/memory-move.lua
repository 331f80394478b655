-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local t = table.move({}, 1, 1e7, 2, setmetatable({}, { __newindex = function(t, k) rawset(t, k, ("x"):rep(1000) .. k) end }))
while true do end
