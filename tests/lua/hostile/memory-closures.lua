-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
while true do local x = #t; t[x + 1] = function() return x end end
