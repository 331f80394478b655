-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
local text = "return 1"
while true do load(text)() end
