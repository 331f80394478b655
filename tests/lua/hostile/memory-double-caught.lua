-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local s = "x"
while true do pcall(function() s = s .. s end) end
