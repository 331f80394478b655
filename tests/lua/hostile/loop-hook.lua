-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
on.alloc_request(function() while true do end end)
m:alloc {}
