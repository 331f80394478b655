-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local last
for _ = 1, 100000 do
	local before = last
	last = coroutine.create(function()
		local x <close> = setmetatable({}, { __close = function()
			if before then coroutine.close(before) end
		end })
		coroutine.yield()
	end)
	coroutine.resume(last)
end
coroutine.close(last)
