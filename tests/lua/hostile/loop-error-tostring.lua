-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
error(setmetatable({}, { __tostring = function() while true do end end }))
