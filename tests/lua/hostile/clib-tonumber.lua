-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local s = ("1"):rep(8000000)
while true do tonumber(s) end
