-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local t = setmetatable({}, { __index = rawlen })
while true do table.unpack(t, 1, 400000) end
