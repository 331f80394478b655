-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local co
co = coroutine.create(function() assert(coroutine.resume(co)) end)
assert(coroutine.resume(co))
