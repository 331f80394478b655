-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
assert(load("\27LuaT\0\x19\x93\r\n\x1a\n", "x", "b"))
