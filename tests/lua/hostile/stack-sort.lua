-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local function f() table.sort({ 2, 1 }, f) end
f()
