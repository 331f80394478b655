-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 6
machine.load("missing.json")
