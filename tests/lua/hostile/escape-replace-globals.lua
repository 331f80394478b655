-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 0 1 3
pcall, error, tostring, pairs, type, say = nil, nil, nil, nil, nil, nil
expect(false)
