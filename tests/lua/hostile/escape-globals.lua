-- SPDX-License-Identifier: GPL-2.0-or-later
-- exit: 3
-- says: os
for name in pairs(_G) do
	if name == "os" or name == "io" or name == "debug" then expect(false, name) end
end
_G.os.exit(0)
