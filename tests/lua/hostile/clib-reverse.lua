-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local s = ("a"):rep(4000000)
while true do s = s:reverse() end
