-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
table.move({}, 1, math.maxinteger - 1, 2)
