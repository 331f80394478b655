-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
local b = m:alloc()
on.mm_page_alloc(function() b:read(1) end)
m:alloc()
