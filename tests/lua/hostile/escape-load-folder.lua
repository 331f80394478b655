-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 6
machine.load(".")
