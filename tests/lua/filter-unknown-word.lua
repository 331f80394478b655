-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "64M" } } }
ask { "x", run = function(t) return t:first("zone_skip", "reason = nodmask") end }
