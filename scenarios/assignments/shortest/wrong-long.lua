-- SPDX-License-Identifier: GPL-2.0-or-later
-- Partly right: shown, but with superfluous requests.
local m = machine { cpus = 2, nodes = { { memory = "64M" } } }
for _ = 1, 2 do m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = 1 } end
local page = m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = 1 }
page:free { cpu = 1 }
m:alloc { gfp = "GFP_HIGHUSER_MOVABLE", cpu = 1 }
