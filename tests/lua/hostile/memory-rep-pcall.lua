-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit string
while true do pcall(string.rep, "x", 1 << 40) end
