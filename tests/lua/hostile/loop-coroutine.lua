-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local co = coroutine.wrap(function() while true do coroutine.yield() end end)
while true do co() end
