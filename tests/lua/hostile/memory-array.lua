-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
for i = 1, 1e9 do t[i] = i end
