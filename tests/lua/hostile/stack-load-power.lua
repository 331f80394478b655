-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
assert(load("return " .. ("2^"):rep(100000) .. "2"))
