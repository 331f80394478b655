-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
local t = setmetatable({}, { __index = table.concat })
return table.concat(t, "", 1, math.maxinteger - 1)
