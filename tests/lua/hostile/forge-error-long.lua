-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
error(("x"):rep(1000000))
