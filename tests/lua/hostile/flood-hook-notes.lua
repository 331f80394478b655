-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
on.alloc_request(function() for _ = 1, 1e9 do say("x") end end)
m:alloc {}
