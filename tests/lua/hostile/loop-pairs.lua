-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
for _ in pairs(setmetatable({}, { __pairs = function() return function() return 1 end end })) do end
