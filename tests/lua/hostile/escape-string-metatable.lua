-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 1 3
getmetatable("").__index = function() return "mine" end
local s = "x"
expect(s.rep == nil)
