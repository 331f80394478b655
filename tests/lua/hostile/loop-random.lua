-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
-- says: limit
while math.random() >= 0 do end
