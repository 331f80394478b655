-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
local s = "x"
while true do s = s .. s end
