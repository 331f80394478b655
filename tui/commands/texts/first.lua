-- first.lua: a first scenario.
--
--   zonewalk run first.lua        prints the log
--   zonewalk play first.lua       shows it step by step
--   zonewalk doc lua              lists the functions

lesson { title = "My first scenario", goal = "See where a block comes from." }

local m = machine { nodes = { { memory = "64M" } } }

local block
ask {
	"A block of 8 pages is requested. How many times does the allocator split a block?",
	run = function(trace)
		block = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE" }
		return trace:count("expand")
	end,
}

expect(block.order == 3, "the block has 8 pages")
say("The block begins at pfn " .. block.pfn .. ".")
block:free()
expect(m:check(), "the machine is consistent")
