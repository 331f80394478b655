-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
while true do pcall(m.alloc, m, { order = 99 }) end
