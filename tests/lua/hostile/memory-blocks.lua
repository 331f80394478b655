-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local m = machine { nodes = { { memory = "16M" } } }
while true do local b = m:alloc {}; b:free() end
