-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local again = coroutine.wrap(function() while true do end end)
while true do
	pcall(again)
	coroutine.resume(coroutine.create(function() while true do end end))
end
