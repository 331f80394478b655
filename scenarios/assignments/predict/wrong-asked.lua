-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: it makes the requests to read the answer.
local m = machine { nodes = { { memory = "64M" } } }
local b = m:alloc { order = 5, gfp = "GFP_HIGHUSER_MOVABLE" }
say("block1.pfn = " .. b.pfn)
