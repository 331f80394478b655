-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the same guess for every request.
say "a = watermark"
say "b = watermark"
say "c = watermark"
