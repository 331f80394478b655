-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
return (""):rep(1 << 50)
