-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: 'for' step is zero
for _ = 1, 2, 0 do end
