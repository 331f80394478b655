-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
for _ = 1, 100000 do on.alloc_request(function() end) end
while true do m:alloc {} end
