-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3
-- each close of a coroutine closes the one before, in C, deeper and deeper:
-- Lua 5.4.4 overflows its stack and dies, 5.4.7 comes to the end
local last
for _ = 1, 20000 do
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
