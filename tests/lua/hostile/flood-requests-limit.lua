-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: requests=500
-- says: limit requests
local m = machine { nodes = { { memory = "16M" } } }
while true do m:drain() end
