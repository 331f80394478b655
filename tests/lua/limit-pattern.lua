-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 4
print(("a"):rep(40):find(("a-"):rep(40) .. "b"))
