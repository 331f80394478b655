-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 1 4
-- limits: output=100000
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
for i = 1, 1e9 do expect(false, "no") end
