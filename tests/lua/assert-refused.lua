-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
for _ = 1, 20 do
	assert(m:alloc { order = 10 })
end
