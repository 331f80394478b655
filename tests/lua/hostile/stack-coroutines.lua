-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3 4
local function f() return coroutine.wrap(f)() end
f()
