-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: loop
local t = setmetatable({}, {})
getmetatable(t).__index = t
return t.x
