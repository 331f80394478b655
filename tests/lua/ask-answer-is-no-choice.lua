-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
ask { text = "Which?", choices = { "one", "two" }, answer = 3 }
