-- SPDX-License-Identifier: GPL-2.0-or-later
-- Served, but the defaults waste a lot.
machine { nodes = { { memory = "64M" } } }
