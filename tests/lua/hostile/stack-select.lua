-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
select("#", table.unpack({}, 1, 1e7))
