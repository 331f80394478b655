-- SPDX-License-Identifier: GPL-2.0-or-later
-- The model solution of assignment.lua: it passes beside each hostile one.
local m = machine { nodes = { { memory = "64M" } } }
m:alloc { order = param("order", 0), gfp = "GFP_HIGHUSER_MOVABLE" }
say("free = " .. m:node(0):zone("DMA32").free)
