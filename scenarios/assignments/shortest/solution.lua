-- SPDX-License-Identifier: GPL-2.0-or-later
-- A model solution of shortest/assignment.lua.
local m = machine { cpus = 2, nodes = { { memory = "64M" } } }
local page = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = 1 }
page:free { cpu = 1 }
m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = 1 }
