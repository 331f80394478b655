-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
error(setmetatable({}, { __tostring = function() error(1) end }))
