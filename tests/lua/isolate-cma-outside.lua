-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { arch = "arm64", nodes = { { memory = "64M", cma = "8M" } } }
m:isolate(m:node(0):zone("DMA").start_pfn, "cma")
