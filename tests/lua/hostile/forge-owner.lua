-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0
local m = machine { nodes = { { memory = "16M" } } }
m:alloc { owner = "\27[31m%n" }
