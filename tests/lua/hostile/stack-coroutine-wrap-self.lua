-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local co
co = coroutine.wrap(function() co() end)
co()
