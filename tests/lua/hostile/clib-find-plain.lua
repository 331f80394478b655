-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local s = ("a"):rep(4000000)
return s:find(("a"):rep(2000000) .. "b", 1, true)
