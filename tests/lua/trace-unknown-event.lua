-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
ask { text = "How many?", run = function(t) return t:count "expnd" end }
