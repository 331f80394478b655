-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local m = machine { nodes = { { memory = "16M" } } }
on.alloc_request(function() error(("x"):rep(100000)) end)
for _ = 1, 1e9 do pcall(m.alloc, m, {}) end
