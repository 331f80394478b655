-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
table.sort(setmetatable({}, { __len = function() return (1 << 31) - 2 end, __index = function() return 1 end, __newindex = function() end }))
