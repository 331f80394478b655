-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0
lesson { title = "\27]0;x\7%n%s", goal = "\0\1" }
