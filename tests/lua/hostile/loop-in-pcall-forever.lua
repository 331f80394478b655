-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
while true do
	pcall(function() while true do end end)
end
