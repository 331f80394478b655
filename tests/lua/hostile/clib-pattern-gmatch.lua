-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
for _ in (("a"):rep(50000)):gmatch("(a*)(a*)(a*)(a*)b") do end
