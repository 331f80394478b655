-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local i = 0
while true do i = i + 1; scene("scene " .. i) end
