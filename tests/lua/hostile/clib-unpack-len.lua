-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
table.unpack(setmetatable({}, { __len = function() return 1 << 60 end }))
