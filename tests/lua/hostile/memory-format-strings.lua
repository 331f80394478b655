-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local s = ("x"):rep(8000000)
return string.format(("%s"):rep(200), table.unpack((function() local t = {} for i = 1, 200 do t[i] = s end return t end)()))
