-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local co = coroutine.create(function()
	local x <close> = setmetatable({}, { __close = function() while true do end end })
	coroutine.yield()
end)
coroutine.resume(co)
coroutine.close(co)
