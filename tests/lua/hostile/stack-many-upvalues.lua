-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local t = {}
for i = 1, 199 do t[i] = "local a" .. i end
t[200] = "return function() local b = 1 "
for i = 1, 199 do t[200 + i] = "b = a" .. i end
t[400] = "return function() return b + " .. ("a1 + "):rep(100) .. "1 end end"
assert(load(table.concat(t, "\n")))
error("end")
