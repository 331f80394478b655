-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
for _ in pairs { [{}] = 1, [{}] = 2 } do end
