-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local s = ("x"):rep(8000000)
while true do string.unpack("z", s) end
