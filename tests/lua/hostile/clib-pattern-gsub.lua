-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
return (("a"):rep(100000):gsub(("a-"):rep(6) .. "b", ""))
