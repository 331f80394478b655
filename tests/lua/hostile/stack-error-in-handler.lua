-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local function f() return 1 + f() end
xpcall(f, function() return f() end)
error("end")
