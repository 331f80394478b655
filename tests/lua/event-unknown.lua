-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
on.watermark_chek(function(e) end)
