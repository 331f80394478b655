-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local mt = { __eq = function() while true do end end }
local a, b = setmetatable({}, mt), setmetatable({}, mt)
return a == b
