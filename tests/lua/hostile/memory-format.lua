-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
return string.format("%9999999d", 1)
