-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 3
local _ENV <const> = {}
X = "hi"
return X.y.z
