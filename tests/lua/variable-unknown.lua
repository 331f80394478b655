-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
local count = 3
print(cuont, machin)
