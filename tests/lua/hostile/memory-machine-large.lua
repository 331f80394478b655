-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3 4
machine { nodes = { { memory = "4096G" } } }
