-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
string.char(table.unpack({}, 1, 900000))
