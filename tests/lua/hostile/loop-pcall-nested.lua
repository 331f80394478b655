-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local function f() while true do pcall(f) end end
f()
