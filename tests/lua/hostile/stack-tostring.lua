-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local t
t = setmetatable({}, { __tostring = function() return tostring(t) end })
tostring(t)
