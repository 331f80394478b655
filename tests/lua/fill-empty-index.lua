-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
local blocks = m:fill { count = 0 }
blocks[1]:free()
