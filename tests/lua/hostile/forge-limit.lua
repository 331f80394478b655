-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
error("limit wall_ms: more than 8000")
