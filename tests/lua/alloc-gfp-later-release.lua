-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
m:alloc { gfp = "0x40cc0(GFP_KERNEL|__GFP_NO_OBJ_EXT)" }
