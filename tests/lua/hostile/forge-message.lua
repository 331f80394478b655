-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0
print("request 1, line 1: alloc order 0")
say("\27[2J\27[H passed")
