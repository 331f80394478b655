-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local t = {}
while true do
	pcall(function() t[#t + 1] = ("x"):rep(1 << 20) .. #t end)
end
