-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: finalizers
setmetatable({}, { __gc = function() while true do end end })
