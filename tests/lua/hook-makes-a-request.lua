-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
on.expand(function(e)
	m:alloc { order = 3 }
end)
m:alloc { order = 2 }
