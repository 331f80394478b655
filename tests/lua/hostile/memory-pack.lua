-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
return string.pack("!16" .. ("s"):rep(100), table.unpack((function() local t, s = {}, ("x"):rep(8000000) for i = 1, 100 do t[i] = s end return t end)()))
