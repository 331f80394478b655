-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
local function h(e) error(e) end
xpcall(error, h)
error("end")
