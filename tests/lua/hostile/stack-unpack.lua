-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: too many results
table.unpack({}, 1, 1e8)
