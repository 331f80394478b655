-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local a, b = ("a"):rep(8000000), ("a"):rep(8000000) .. "b"
for _ = 1, 1e9 do local _ = a < b end
