-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 4
return (("a"):rep(200000)):gsub("%f[b]a*a*a*b", "")
