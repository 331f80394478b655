-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
table.concat(setmetatable({}, { __index = function() return "" end }), "", 1, math.maxinteger - 1)
