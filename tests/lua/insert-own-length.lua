-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
table.insert(setmetatable({}, { __len = function() return 1 << 50 end }), 1, 0)
