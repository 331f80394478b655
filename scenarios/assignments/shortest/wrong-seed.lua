-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: it works with only one of three seeds.
local m = machine { cpus = 2, nodes = { { memory = "64M" } } }
local cpu = math.random(2) - 1
local page = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = cpu }
page:free { cpu = cpu }
m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = cpu }
