-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 4
return (""):rep(1 << 50)
