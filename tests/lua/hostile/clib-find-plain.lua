-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local s = ("a"):rep(4000000)
return s:find(("a"):rep(2000000) .. "b", 1, true)
