-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local function f()
	local x <close> = setmetatable({}, { __close = function() while true do end end })
	error("out")
end
pcall(f)
