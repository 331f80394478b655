/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * lua_rows: the table of the language, a row for each function and field.
 *
 * Binding, `zonewalk doc lua` and the editors' files (lua_meta.c) are loops
 * over it. The type of a row is written as LuaLS writes it; a method's
 * leaves out self.
 */
#include "lua/api.h"

#define GLOBAL(name, function, keys, usage, types, help)                       \
	{                                                                      \
		name, API_GLOBAL, false, function, usage, help, types, keys    \
	}
#define METHOD(class, name, function, keys, usage, types, help)                \
	{                                                                      \
		name, class, false, function, usage, help, types, keys         \
	}
#define FIELD(class, name, function, usage, types, help)                       \
	{                                                                      \
		name, class, true, function, usage, help, types, NULL          \
	}

const struct api_row api_rows[] = {
	GLOBAL("machine", machine_new, keys_machine,
	       "machine{ nodes = {{ memory = \"64M\" }} }",
	       "(given: zonewalk.machine_given): zonewalk.machine",
	       "Makes a machine as Linux would set it up."),
	GLOBAL("machine.load", NULL, NULL, "machine.load(\"state.json\")",
	       "(file: string): zonewalk.machine",
	       "The machine of a snapshot, or of a recording's begin state, "
	       "from a file in the scenario's folder."),
	GLOBAL("on", NULL, NULL, "on.EVENT(function(e) ... end)", "",
	       "Calls the function for each such event, with a table of its "
	       "fields (zonewalk doc events), when the request is done; the "
	       "machine is as it was then."),
	GLOBAL("say", note_say, NULL, "say(text)", "(text: string|number)",
	       "Tells a caption."),
	GLOBAL("print", note_print, NULL, "print(...)", "(...: any)",
	       "Tells its arguments with spaces between them."),
	GLOBAL("scene", note_scene, NULL, "scene(name)", "(name: string)",
	       "Begins a part of the story."),
	GLOBAL("pause", note_pause, NULL, "pause([text])", "(text?: string)",
	       "A place where playing stops."),
	GLOBAL("focus", note_focus, NULL, "focus(panel)",
	       "(panel: \"walk\"|\"zone\"|\"lists\"|\"lanes\"|\"frames\"|"
	       "\"map\"|\"source\")",
	       "The panel to look at: walk, zone, lists, lanes, frames, map "
	       "or source."),
	GLOBAL("expect", note_expect, NULL, "expect(condition, text)",
	       "(condition: any, text?: string): any",
	       "Claims something; when it does not hold that is told, the run "
	       "goes on, and the exit code will be 1."),
	GLOBAL("ask", NULL, keys_ask,
	       "ask{ \"Which?\", run = function(trace) "
	       "... return answer end }",
	       "(question: zonewalk.ask): any",
	       "Asks for a prediction; then run makes the requests and "
	       "returns the answer, which ask returns. Without a person "
	       "--answers may predict; else nothing is scored."),
	GLOBAL("lesson", note_lesson, keys_lesson,
	       "lesson{ title = \"...\", goal = \"...\" }",
	       "(about: zonewalk.lesson)", "Says what this scenario is."),
	GLOBAL("param", note_param, NULL, "param(name, default)",
	       "(name: string, default?: any): any",
	       "What --set name=value gave, as a value of default's type, else "
	       "default."),

	METHOD(API_MACHINE, "alloc", request_alloc, keys_alloc,
	       "m:alloc{ order = 3, gfp = \"GFP_KERNEL\" }",
	       "(request?: zonewalk.alloc): zonewalk.block?, zonewalk.reason?",
	       "Asks for a block: the block, or nil and the reason."),
	METHOD(API_MACHINE, "fill", fill_machine, keys_fill,
	       "m:fill{ order = 0, count = 100 }",
	       "(request?: zonewalk.fill): zonewalk.blocks, zonewalk.reason?",
	       "Asks again and again, as m:alloc does, until a request gets "
	       "nothing, count blocks are there, or only leave pages would "
	       "stay free in zone: the blocks, and the reason if there is "
	       "one. Each is a request of its own."),
	METHOD(API_MACHINE, "drain", control_drain, keys_cpu,
	       "m:drain{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Gives back all pages of a cpu's lists."),
	METHOD(API_MACHINE, "dirty", control_dirty, NULL,
	       "m:dirty(node, pages)", "(node: integer, pages: integer)",
	       "So many file pages of the node are dirty from here on."),
	METHOD(API_MACHINE, "task", control_task, keys_task,
	       "m:task{ mems_allowed = { 0 } }", "(task?: zonewalk.task)",
	       "Replaces the whole task that asks."),
	METHOD(API_MACHINE, "reclaim", control_reclaim, NULL,
	       "m:reclaim(outcome)",
	       "(outcome: \"full\"|\"noscan\"|\"some\"|\"success\")",
	       "What node_reclaim would answer from here on: full, noscan, "
	       "some or success."),
	METHOD(API_MACHINE, "fault", control_fault, keys_fault,
	       "m:fault{ times = 1 }", "(fault?: zonewalk.fault)",
	       "Fault injection: the next requests are refused."),
	METHOD(API_MACHINE, "isolate", control_isolate, NULL,
	       "m:isolate(block)", "(block: zonewalk.block|integer)",
	       "Isolates the pageblocks around a block (or a pfn), a whole run "
	       "of the largest order: nobody gets their free pages."),
	METHOD(API_MACHINE, "unisolate", control_unisolate, NULL,
	       "m:unisolate(block[, type])",
	       "(block: zonewalk.block|integer, type?: zonewalk.migratetype)",
	       "Ends that; the pageblocks become type, movable if not given."),
	METHOD(API_MACHINE, "replay", machine_replay, NULL,
	       "m:replay(file[, from[, to]])",
	       "(file: string, from?: integer, to?: integer): integer",
	       "Does these operations of a recording (counted from 1; all that "
	       "are left if not given) on a machine loaded from it, and "
	       "answers how many that were."),
	METHOD(API_MACHINE, "scribble", block_scribble, NULL,
	       "m:scribble(pfn, text[, offset])",
	       "(pfn: integer, text: string, offset?: integer)",
	       "Writes into a frame through a stray pointer, whoever has it; "
	       "machine{ poison = true } notices when it was free."),
	METHOD(API_MACHINE, "node", look_node, NULL, "m:node(n)",
	       "(n: integer): zonewalk.node",
	       "A copy of a node; node:zone(name) goes on from there."),
	METHOD(API_MACHINE, "page", look_page, NULL, "m:page(pfn)",
	       "(pfn: integer): zonewalk.page", "What a frame is part of."),
	METHOD(API_MACHINE, "pageblock", look_pageblock, NULL,
	       "m:pageblock(pfn)", "(pfn: integer): zonewalk.migratetype",
	       "The migratetype of the pageblock that a frame lies in."),
	METHOD(API_MACHINE, "zonelist", look_zonelist, NULL, "m:zonelist(node)",
	       "(node: integer): zonewalk.place[]",
	       "The zones in the order in which a request of that node asks "
	       "them: a list of { node =, zone = }."),
	METHOD(API_MACHINE, "check", look_check, NULL, "m:check()",
	       "(): boolean, string?",
	       "True when every invariant holds, else false and what is "
	       "broken."),
	FIELD(API_MACHINE, "nodes", look_nr_nodes, "m.nodes", "integer",
	      "How many nodes there are."),
	FIELD(API_MACHINE, "cpus", look_nr_cpus, "m.cpus", "integer",
	      "How many cpus there are."),
	FIELD(API_MACHINE, "max_order", look_max_order, "m.max_order",
	      "integer", "Orders are below it."),
	FIELD(API_MACHINE, "pageblock_order", look_pageblock_order,
	      "m.pageblock_order", "integer",
	      "A pageblock has 2^pageblock_order pages."),

	METHOD(API_BLOCK, "free", request_free, keys_cpu,
	       "block:free{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Frees the block; once only."),
	METHOD(API_BLOCK, "lru", control_lru, NULL, "block:lru([on])",
	       "(on?: boolean)",
	       "Its first page goes on an LRU list (on is true if not given), "
	       "so that it counts as movable, or off it."),
	METHOD(API_BLOCK, "write", block_write, NULL,
	       "block:write(text[, offset])",
	       "(text: string, offset?: integer)",
	       "Writes into its memory, from byte offset (0) on."),
	METHOD(API_BLOCK, "read", block_read, NULL, "block:read(n[, offset])",
	       "(n: integer, offset?: integer): string",
	       "n bytes of its memory, from byte offset (0) on."),
	FIELD(API_BLOCK, "pfn", block_pfn, "block.pfn", "integer",
	      "Its first frame."),
	FIELD(API_BLOCK, "order", block_order, "block.order", "integer",
	      "It has 2^order pages."),
	FIELD(API_BLOCK, "node", block_node, "block.node", "integer",
	      "Its node."),
	FIELD(API_BLOCK, "zone", block_zone, "block.zone", "string",
	      "Its zone's name."),
	FIELD(API_BLOCK, "migratetype", block_migratetype, "block.migratetype",
	      "zonewalk.migratetype", "The type it was given out as."),
	FIELD(API_BLOCK, "address", block_address, "block.address", "string",
	      "Its first frame's address in the machine, as text."),
	FIELD(API_BLOCK, "walk", block_walk, "block.walk", "zonewalk.step[]",
	      "The zones its request asked, as in reason.zones."),
	FIELD(API_BLOCK, "events", block_events, "block.events",
	      "zonewalk.event[]", "The events of its request."),

	METHOD(API_BLOCKS, "free", fill_free, keys_free_many,
	       "blocks:free{ every = 2 }",
	       "(which?: zonewalk.free_many): integer",
	       "Frees those of the blocks of m:fill that are not free yet, "
	       "first to last, and answers how many. blocks[i] is one of "
	       "them, #blocks how many there are."),

	METHOD(API_NODE, "zone", look_zone, NULL, "node:zone(name)",
	       "(name: string): zonewalk.zone", "A copy of a zone."),
	METHOD(API_ZONE, "blocks", look_blocks, NULL,
	       "zone:blocks(order, type)",
	       "(order: integer, type: zonewalk.migratetype): integer[]",
	       "The free blocks of an order and a type now, from head to "
	       "tail."),
	METHOD(API_ZONE, "pcp", look_pcp, NULL, "zone:pcp(cpu)",
	       "(cpu: integer): zonewalk.pcp", "A copy of a cpu's lists now."),
	METHOD(API_PCP, "list", look_pcp_list, NULL, "pcp:list(type)",
	       "(type: zonewalk.migratetype): integer[]",
	       "The pages of one of its lists, from head to tail."),

	METHOD(API_TRACE, "count", NULL, NULL,
	       "trace:count(event[, condition])",
	       "(event: zonewalk.event_name, condition?: string|fun(e: "
	       "zonewalk.event): any): integer",
	       "How many such events ask's run has made, for which the "
	       "condition holds: \"order >= 3 and not ok\" (zonewalk doc "
	       "conditions), or a function."),
	METHOD(API_TRACE, "first", NULL, NULL,
	       "trace:first(event[, condition])",
	       "(event: zonewalk.event_name, condition?: string|fun(e: "
	       "zonewalk.event): any): zonewalk.event?",
	       "The first of them, or nil."),
};

const size_t nr_api_rows = sizeof(api_rows) / sizeof(api_rows[0]);

const char *const api_class_names[NR_API_CLASSES] = {
	[API_MACHINE] = "machine", [API_BLOCK] = "block",
	[API_BLOCKS] = "blocks",   [API_NODE] = "node",
	[API_ZONE] = "zone",	   [API_PCP] = "pcp",
	[API_TRACE] = "trace",
};
