-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local s = ("a"):rep(8000000)
for _ = 1, 1e9 do utf8.len(s) end
