-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: string=16777216
-- says: limit wall_ms
local s = ("x"):rep(8000000) .. "\0"
while true do string.unpack("z", s) end
