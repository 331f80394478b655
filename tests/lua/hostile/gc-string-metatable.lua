-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local mt = getmetatable("")
if mt then mt.__gc = function() while true do end end end
