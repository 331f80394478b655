-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = setmetatable({}, { __len = function() while true do end end })
return #t
