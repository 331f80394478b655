-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
table.move(setmetatable({}, { __index = function() return 1 end }), 1, 1e15, 1, setmetatable({}, { __newindex = function() end }))
