-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
load(function() return " " end)
