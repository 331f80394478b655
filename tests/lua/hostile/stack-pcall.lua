-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local function f() return pcall(f) end
f()
error("end")
