-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3
load("return 1" .. (" .. 1"):rep(300))()
