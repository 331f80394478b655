-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
machine { nodes = { { memory = "64M", holes = { { pages = 97 } } } } }
