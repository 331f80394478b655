-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4 0
return string.pack(("i16"):rep(1000000), 1)
