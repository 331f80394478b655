-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit string
return ("x"):rep(1 << 40)
