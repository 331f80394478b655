-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local t = {}
while true do
	local _, e = pcall(error, ("x"):rep(100000) .. #t)
	t[#t + 1] = e
end
