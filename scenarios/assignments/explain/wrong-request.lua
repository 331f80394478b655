-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: it makes requests, but only captions are allowed.
local m = machine { nodes = { { memory = "64M" }, { memory = "64M" } } }
m:alloc { gfp = "GFP_DMA", node = 1 }
say "a = highest_zoneidx"
say "b = nodemask"
say "c = cpuset"
