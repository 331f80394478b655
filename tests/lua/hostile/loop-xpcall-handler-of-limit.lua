-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
while true do
	xpcall(function() while true do end end, function() return "again" end)
end
