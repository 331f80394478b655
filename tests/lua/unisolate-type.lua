-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
m:isolate(8192)
m:unisolate(8192, "moveable")
