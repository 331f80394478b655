-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 4
local mt = {}
for _ = 1, 100 do setmetatable({}, mt) end
mt.__gc = function() while true do end end
local t = {}
for i = 1, 100000 do t[i] = {} end
