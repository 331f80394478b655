-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: require
require("os").exit(0)
