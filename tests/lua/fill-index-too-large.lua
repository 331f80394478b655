-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
local blocks, i = m:fill { count = 2 }, 3
blocks[i]:free()
