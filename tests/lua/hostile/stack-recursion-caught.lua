-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local function f() return 1 + f() end
while true do pcall(f) end
