-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
table.remove(setmetatable({}, { __len = function() return 1 << 60 end }), 1)
