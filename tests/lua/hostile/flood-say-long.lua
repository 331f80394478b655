-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
while true do say(("x"):rep(1000000)) end
