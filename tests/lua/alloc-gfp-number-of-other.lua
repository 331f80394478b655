-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
m:alloc { gfp = "mode:0x2280020" }
