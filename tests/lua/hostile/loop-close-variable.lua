-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
do
	local x <close> = setmetatable({}, { __close = function() while true do end end })
end
