-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
string.gsub("x", "x", function() while true do end end)
