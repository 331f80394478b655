-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
tostring(setmetatable({}, { __tostring = function() while true do end end }))
