-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local function f()
	local x <close> = setmetatable({}, { __close = function() error(("x"):rep(100)) end })
	return f() + 1
end
for _ = 1, 10 do pcall(f) end
