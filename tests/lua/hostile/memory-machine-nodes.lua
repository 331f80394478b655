-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 4
local nodes = {}
for i = 1, 64 do nodes[i] = { memory = "64G" } end
for _ = 1, 100 do machine { cpus = 256, nodes = nodes } end
