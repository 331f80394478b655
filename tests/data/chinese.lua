-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- A lesson in Chinese: what a picture, a question and a typed line do with
-- wide characters, and with punctuation that begins no line or ends none.
lesson {
	title = "伙伴系统：拆分一个大块",
	goal = "看懂一个大块怎样被拆成小块，以及剩下的那一半去了哪里（低一阶的空闲链表）。",
	minutes = 5,
}
local m = machine { nodes = { { memory = "64M" } } }
local first

scene "第一幕：空闲链表"
say "内存分配器从空闲链表中取出一个十阶的块（一千零二十四页），每次对半拆开，直到得到所需要的大小；剩下的一半总是放回低一阶的空闲链表，它是留下那一半的“伙伴”。"
ask {
	"expand() 会把多少个块放回空闲链表？每拆一次放回一个块，从九阶一直到三阶（含三阶）。",
	run = function(t)
		first = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE", owner = "第一块" }
		return t:count "expand"
	end,
	reason = "每一阶放回一个块！",
	feedback = { ["8"] = "十阶的块自己不放回去：它被拆开了。" },
}
say "对了吗？从九阶到三阶，每一阶都放回一个块。"
scene "第二幕：伙伴"
ask {
	"第二次请求得到哪些页？",
	choices = {
		"第一个块的伙伴，也就是同一个十阶块里紧接着的八页：它正好在三阶链表的最前面，不需要再拆",
		"另一个十阶块最前面的八页",
	},
	run = function()
		local second = m:alloc { order = 3, gfp = "GFP_HIGHUSER_MOVABLE", owner = "第二块" }
		return second.pfn == first.pfn + 8 and 1 or 2
	end,
}
ask {
	"拆分时放回空闲链表的那一半，是留下的那一半的什么？",
	type = "text",
	run = function()
		first:free()
		return "伙伴"
	end,
	reason = "两个伙伴可以再合并成原来的块。",
}
say "完。"
takeaway "拆分时，留下的总是低的一半；另一半放到低一阶链表的最前面（“伙伴”）。"
exercise {
	"改一改：请求一个五阶的块，看看放回去的块有多少。",
}
