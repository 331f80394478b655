-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
table.insert(setmetatable({}, { __len = function() return 1 << 60 end }), 1, "x")
