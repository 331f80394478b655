-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4 6
while true do pcall(machine.load, "escape-load-flood.lua") end
