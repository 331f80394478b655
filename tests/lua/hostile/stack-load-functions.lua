-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
assert(load(("return function() "):rep(100000)))
