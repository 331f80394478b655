-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
while true do t[#t + 1] = ("x"):rep(1000000 + #t) end
