-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local i = 0
assert(load(function() i = i + 1 return ("\27Lua"):sub(i, i) end))
