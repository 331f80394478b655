-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
return ("x"):rep(math.maxinteger)
