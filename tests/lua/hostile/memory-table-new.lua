-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local t = table.pack(table.unpack({}, 1, 999000))
local all = {}
while true do all[#all + 1] = table.pack(table.unpack(t, 1, 10000)) end
