-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local m = machine { nodes = { { memory = "16M" } } }
on.alloc_request(function() machine { nodes = { { memory = "1M" } } } end)
m:alloc {}
