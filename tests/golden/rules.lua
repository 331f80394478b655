-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- A story of the checks before the watermark: highest_zoneidx, nodemask,
-- cpuset, dirty limit.
lesson { title = "Rules", goal = "Show what keeps a walk away from a zone." }

local m = machine { cpus = 2, nodes = { { memory = "64M" }, { memory = "32M" }, { memory = "32M" } } }
local USER = "GFP_HIGHUSER_MOVABLE"

say "Which zones are above the line?"
m:alloc { gfp = "GFP_DMA" }

say "The caller's nodemask, and a cpuset that is checked zone by zone."
m:task { mems_allowed = { 1, 2 } }
m:alloc { gfp = USER, nodemask = { 0, 2 } }

say "Node 0 has more dirty pages than its limit."
m:task {}
m:dirty(0, 3600)
m:alloc { gfp = USER .. "|__GFP_WRITE" }
