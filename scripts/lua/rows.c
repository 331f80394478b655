/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * rows: the table of the language, a row for each function and field.
 *
 * The binding, `zonewalk doc lua` and the files for editors (meta.c) loop over
 * it. Types are those of the Lua language server; a method's leaves out self.
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
	       "Boot a machine as Linux does."),
	GLOBAL("machine.load", NULL, NULL, "machine.load(\"state.json\")",
	       "(file: string): zonewalk.machine",
	       "Load the machine of a snapshot, or of a recording's first "
	       "state, from a file in the scenario's folder."),
	GLOBAL("on", NULL, NULL, "on.EVENT(function(e) ... end)", "",
	       "Call the function for each such event, with a table of its "
	       "fields (zonewalk doc events), after the request has ended. The "
	       "machine is in the state just after the event."),
	GLOBAL("say", note_say, NULL, "say(text)", "(text: string|number)",
	       "Show a caption."),
	GLOBAL("print", note_print, NULL, "print(...)", "(...: any)",
	       "Show the arguments as a caption, with spaces between them."),
	GLOBAL("scene", note_scene, NULL, "scene(name)", "(name: string)",
	       "Begin a scene: a named part of the scenario."),
	GLOBAL("pause", note_pause, NULL, "pause([text])", "(text?: string)",
	       "Stop the player here."),
	GLOBAL("focus", note_focus, NULL, "focus(panel)",
	       "(panel: \"walk\"|\"zone\"|\"lists\"|\"pcp\"|"
	       "\"pageblocks\"|\"map\"|\"source\")",
	       "Point at a panel: walk, zone, lists, pcp, pageblocks, map or "
	       "source."),
	GLOBAL("expect", note_expect, NULL, "expect(condition, text)",
	       "(condition: any, text?: string): any",
	       "Check a condition. If it is false or nil, report that and "
	       "continue; the exit code of the run is then 1."),
	GLOBAL("ask", NULL, keys_ask,
	       "ask{ \"Which?\", run = function(trace) ... return answer end }",
	       "(question: zonewalk.ask): any",
	       "Ask for a prediction; then call run, which makes the requests "
	       "and returns the answer. ask returns it too. Without a user, "
	       "--answers gives predictions, or none is scored."),
	GLOBAL("lesson", note_lesson, keys_lesson,
	       "lesson{ title = \"...\", goal = \"...\" }",
	       "(about: zonewalk.lesson)", "Describe the scenario."),
	GLOBAL("param", note_param, NULL, "param(name, default)",
	       "(name: string, default?: any): any",
	       "Return the value that --set name=value gives, with the type of "
	       "default, or default."),

	METHOD(API_MACHINE, "alloc", request_alloc, keys_alloc,
	       "m:alloc{ order = 3, gfp = \"GFP_KERNEL\" }",
	       "(request?: zonewalk.alloc): zonewalk.block?, zonewalk.reason?",
	       "Allocate a block. Return it, or nil and the reason."),
	METHOD(API_MACHINE, "fill", fill_machine, keys_fill,
	       "m:fill{ order = 0, count = 100 }",
	       "(request?: zonewalk.fill): zonewalk.blocks, zonewalk.reason?",
	       "Allocate blocks as m:alloc does, each by a request of its own, "
	       "until a request fails, count blocks are allocated, or fewer "
	       "than leave pages would stay free in zone. Return the blocks, "
	       "and the reason if a request failed."),
	METHOD(API_MACHINE, "drain", control_drain, keys_cpu,
	       "m:drain{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Drain the per-cpu lists of a cpu: free their pages to the "
	       "buddy allocator."),
	METHOD(API_MACHINE, "dirty", control_dirty, NULL,
	       "m:dirty(node, pages)", "(node: integer, pages: integer)",
	       "Set the number of dirty file pages of a node."),
	METHOD(API_MACHINE, "task", control_task, keys_task,
	       "m:task{ mems_allowed = { 0 } }", "(task?: zonewalk.task)",
	       "Replace the task that makes requests; keys left out get their "
	       "defaults."),
	METHOD(API_MACHINE, "reclaim", control_reclaim, NULL,
	       "m:reclaim(outcome)",
	       "(outcome: \"full\"|\"noscan\"|\"some\"|\"success\")",
	       "Set what node_reclaim() returns: full, noscan, some or "
	       "success."),
	METHOD(API_MACHINE, "fault", control_fault, keys_fault,
	       "m:fault{ probability = 100 }", "(fault?: zonewalk.fault)",
	       "Fault injection: make requests fail. Keys left out get the "
	       "kernel's defaults, with which none fails."),
	METHOD(API_MACHINE, "isolate", control_isolate, NULL,
	       "m:isolate(block)", "(block: zonewalk.block|integer)",
	       "Isolate the pageblocks around a block or pfn, as many as a "
	       "block of the largest order has: their free pages cannot be "
	       "allocated."),
	METHOD(API_MACHINE, "unisolate", control_unisolate, NULL,
	       "m:unisolate(block[, type])",
	       "(block: zonewalk.block|integer, type?: zonewalk.migratetype)",
	       "End the isolation; the pageblocks get the migratetype type, by "
	       "default movable."),
	METHOD(API_MACHINE, "replay", machine_replay, NULL,
	       "m:replay(file[, from[, to]])",
	       "(file: string, from?: integer, to?: integer): integer",
	       "Replay operations of a recording on a machine loaded from it, "
	       "from the next one to `to`, by default the last. Return how "
	       "many they were."),
	METHOD(API_MACHINE, "scribble", block_scribble, NULL,
	       "m:scribble(pfn, text[, offset])",
	       "(pfn: integer, text: string, offset?: integer)",
	       "Write into a page as a stray pointer does, whether it is "
	       "allocated or not; machine{ poison = true } detects that when "
	       "the page was free."),
	METHOD(API_MACHINE, "node", look_node, NULL, "m:node(n)",
	       "(n: integer): zonewalk.node",
	       "Return a copy of a node; node:zone(name) returns a zone of "
	       "it."),
	METHOD(API_MACHINE, "page", look_page, NULL, "m:page(pfn)",
	       "(pfn: integer): zonewalk.page",
	       "Return the state of a page and the block that it is part of."),
	METHOD(API_MACHINE, "pageblock", look_pageblock, NULL,
	       "m:pageblock(pfn)", "(pfn: integer): zonewalk.migratetype",
	       "Return the migratetype of the pageblock that a page is in."),
	METHOD(API_MACHINE, "zonelist", look_zonelist, NULL, "m:zonelist(node)",
	       "(node: integer): zonewalk.place[]",
	       "Return the zonelist of a node: a list of { node =, zone = } in "
	       "the order in which a request tries the zones."),
	METHOD(API_MACHINE, "check", look_check, NULL, "m:check()",
	       "(): boolean, string?",
	       "Check every invariant. Return true, or false and the violated "
	       "one."),
	FIELD(API_MACHINE, "nodes", look_nr_nodes, "m.nodes", "integer",
	      "The number of nodes."),
	FIELD(API_MACHINE, "cpus", look_nr_cpus, "m.cpus", "integer",
	      "The number of cpus."),
	FIELD(API_MACHINE, "max_order", look_max_order, "m.max_order",
	      "integer", "Orders are less than this."),
	FIELD(API_MACHINE, "pageblock_order", look_pageblock_order,
	      "m.pageblock_order", "integer",
	      "A pageblock has 2^pageblock_order pages."),

	METHOD(API_BLOCK, "free", request_free, keys_cpu,
	       "block:free{ cpu = 0 }", "(where?: zonewalk.cpu)",
	       "Free the block. A block can be freed once."),
	METHOD(API_BLOCK, "lru", control_lru, NULL, "block:lru([on])",
	       "(on?: boolean)",
	       "Put the block's first page on an LRU list, so that it counts "
	       "as movable, or remove it (on = false)."),
	METHOD(API_BLOCK, "write", block_write, NULL,
	       "block:write(text[, offset])",
	       "(text: string, offset?: integer)",
	       "Write into the block's memory at byte offset (0)."),
	METHOD(API_BLOCK, "read", block_read, NULL, "block:read(n[, offset])",
	       "(n: integer, offset?: integer): string",
	       "Return n bytes of the block's memory at byte offset (0)."),
	FIELD(API_BLOCK, "pfn", block_pfn, "block.pfn", "integer",
	      "The page frame number of its first page."),
	FIELD(API_BLOCK, "order", block_order, "block.order", "integer",
	      "It has 2^order pages."),
	FIELD(API_BLOCK, "node", block_node, "block.node", "integer",
	      "The number of its node."),
	FIELD(API_BLOCK, "zone", block_zone, "block.zone", "string",
	      "The name of its zone."),
	FIELD(API_BLOCK, "migratetype", block_migratetype, "block.migratetype",
	      "zonewalk.migratetype", "The migratetype it was allocated as."),
	FIELD(API_BLOCK, "address", block_address, "block.address", "string",
	      "The physical address of its first page, as a string."),
	FIELD(API_BLOCK, "walk", block_walk, "block.walk", "zonewalk.step[]",
	      "The zones that its request tried, as in reason.zones."),
	FIELD(API_BLOCK, "events", block_events, "block.events",
	      "zonewalk.event[]", "The events of its request."),

	METHOD(API_BLOCKS, "free", fill_free, keys_free_many,
	       "blocks:free{ every = 2 }",
	       "(which?: zonewalk.free_many): integer",
	       "Free those of the blocks that are still allocated, first to "
	       "last. Return how many they were. blocks[i] is one block, "
	       "#blocks the number of all."),

	METHOD(API_NODE, "zone", look_zone, NULL, "node:zone(name)",
	       "(name: string): zonewalk.zone", "Return a copy of a zone."),
	METHOD(API_ZONE, "blocks", look_blocks, NULL,
	       "zone:blocks(order, type)",
	       "(order: integer, type: zonewalk.migratetype): integer[]",
	       "Return the free blocks of an order and a migratetype, from the "
	       "head of the list to its tail."),
	METHOD(API_ZONE, "pcp", look_pcp, NULL, "zone:pcp(cpu)",
	       "(cpu: integer): zonewalk.pcp",
	       "Return a copy of a cpu's lists."),
	METHOD(API_PCP, "list", look_pcp_list, NULL, "pcp:list(type)",
	       "(type: zonewalk.migratetype): integer[]",
	       "Return the pages of one of the lists, from its head to its "
	       "tail."),

	METHOD(API_TRACE, "count", NULL, NULL,
	       "trace:count(event[, condition])",
	       "(event: zonewalk.event_name, condition?: string|fun(e: "
	       "zonewalk.event): any): integer",
	       "Count the events of that name since run began for which the "
	       "condition holds: \"order >= 3 and not ok\" (zonewalk doc "
	       "conditions), or a function."),
	METHOD(API_TRACE, "first", NULL, NULL,
	       "trace:first(event[, condition])",
	       "(event: zonewalk.event_name, condition?: string|fun(e: "
	       "zonewalk.event): any): zonewalk.event?",
	       "Return the first of them, or nil."),
};

const size_t nr_api_rows = sizeof(api_rows) / sizeof(api_rows[0]);

const char *const api_class_names[NR_API_CLASSES] = {
	[API_MACHINE] = "machine", [API_BLOCK] = "block",
	[API_BLOCKS] = "blocks",   [API_NODE] = "node",
	[API_ZONE] = "zone",	   [API_PCP] = "pcp",
	[API_TRACE] = "trace",
};
