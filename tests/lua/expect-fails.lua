-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 1
local m = machine { nodes = { { memory = "64M" } } }
local b = m:alloc { order = 3 }
expect(b.pfn == 1, "the first page of all")
expect(b.order == 3, "this one holds")
expect(m:check(), "and this one")
expect(false)
