-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
on.expand(function(e)
	print(e.order + e.nothing)
end)
m:alloc { order = 2 }
