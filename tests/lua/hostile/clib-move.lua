-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit wall_ms
table.move({}, 1, math.maxinteger - 1, 2)
