-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
table.sort { 1, "b", 2 }
