-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: stack overflow
local t = setmetatable({}, { __index = function(t, k) return t[k .. "x"] end })
return t.a
