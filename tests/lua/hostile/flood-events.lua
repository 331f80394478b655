-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- limits: events=20000
-- says: limit events
local m = machine { nodes = { { memory = "16M" } } }
local t = {}
while true do
	t[#t + 1] = m:alloc {}
	if #t > 1000 then for _, b in ipairs(t) do b:free() end t = {} end
end
