-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
while true do string.packsize(("i"):rep(1000000)) end
