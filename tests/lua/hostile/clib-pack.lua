-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local format = (" "):rep(1000000)
while true do string.pack(format) end
