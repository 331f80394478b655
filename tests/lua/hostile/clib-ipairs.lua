-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
for _ in ipairs(setmetatable({}, { __index = function() return 1 end })) do end
