-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
while true do lesson { title = ("x"):rep(100000) } end
