-- SPDX-License-Identifier: GPL-2.0-or-later
-- Wrong: the answers of another student.
say "block1.pfn = 4096"
say "block2.pfn = 4128"
say "block3.pfn = 4144"
say "free.after1 = 12256"
say "free.after2 = 12240"
say "free.after3 = 12236"
say "free.at.end = 12268"
