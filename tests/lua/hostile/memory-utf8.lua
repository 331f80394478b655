-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local t = {}
while true do t[#t + 1] = utf8.char(0x7fffffff, 0x10ffff):rep(100000) .. #t end
