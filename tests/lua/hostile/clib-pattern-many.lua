-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local s = ("a"):rep(100000)
return s:find(("a*"):rep(20) .. "b")
