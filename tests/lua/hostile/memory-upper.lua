-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local s = ("x"):rep(4000000)
local t = {}
while true do t[#t + 1] = (s .. #t):upper() end
