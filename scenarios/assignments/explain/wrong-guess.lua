-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the same guess for all of them.
say "a = watermark"
say "b = watermark"
say "c = watermark"
