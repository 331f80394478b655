-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: cpu 0 frees the page.
local m = machine { cpus = 2, nodes = { { memory = "64M" } } }
local page = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
page:free()
m:alloc { gfp = "GFP_HIGHUSER_MOVABLE" }
