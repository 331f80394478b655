-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
error("\0\1\2\255\254 %s%n%x")
