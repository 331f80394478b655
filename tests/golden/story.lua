-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- A story that visits every picture of the screen. Its machine is small, so
-- that a picture shows all of it: node 0 is one zone DMA, node 1 one zone
-- DMA32, 4096 pages each.
lesson { title = "Pictures", goal = "Visit every picture of the screen." }

local m = machine {
	cpus = 1,
	nodes = { { memory = "16M" }, { memory = "16M" } },
}
local movable = "GFP_HIGHUSER_MOVABLE"

say "A split, and then a block that is there already."
local a
ask {
	"The smallest free block is of order 10. How many go back to the lists?",
	choices = { "one: the other half", "seven: a half of each order", "none" },
	run = function(t)
		a = m:alloc { order = 3, gfp = movable, node = 1, cpu = 0 }
		return t:count "expand" == 7 and 2 or 3
	end,
}
local b = m:alloc { order = 3, gfp = movable, node = 1, cpu = 0 }

say "A refill, then a hit: café, naïve, Größe."
local c = m:alloc { order = 0, gfp = movable, node = 1, cpu = 0 }
m:alloc { order = 0, gfp = movable, node = 1, cpu = 0 }

say "An unmovable page: all of node 1 is movable, so a block is stolen."
m:alloc { order = 0, gfp = "GFP_KERNEL", node = 1, cpu = 0 }

say "Back again."
c:free()
b:free()
a:free()
m:drain()

say "Until the fast path has nothing more to give."
while m:alloc { order = 9, gfp = "GFP_USER", node = 0, cpu = 0 } do
end
