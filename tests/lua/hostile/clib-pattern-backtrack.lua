-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local s = ("a"):rep(300)
return s:find((".-"):rep(9) .. "b")
