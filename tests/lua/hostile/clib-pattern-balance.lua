-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
return (("("):rep(400000)):gsub("%b()", "")
