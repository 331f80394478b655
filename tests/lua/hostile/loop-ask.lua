-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
ask { "how many?", run = function() while true do m:alloc {} end end }
