-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- prelude: the part of the scenario language that is written in Lua.
--
-- It runs before each scenario and gets one table, `host` (api.c):
-- fail(message) raises with the scenario's line, not with one of this file;
-- keys(name, table) checks the keys of ask{} or exercise{}; steps() and
-- since(steps, name, filter) find events; note(kind, text) makes a note whose
-- parts have zeros between them; has_form(form, text) is whether the text is
-- an answer of that form; panel(name) checks the name of a panel; order(value) is a block's serial number.

local host = ...

-- luacheck: globals pairs next ask fold exercise takeaway

local rawnext, rawget, tostring, type = next, rawget, tostring, type
local getmetatable, setmetatable, ipairs = getmetatable, setmetatable, ipairs
local sort, concat = table.sort, table.concat
local char, gsub = string.char, string.gsub
local pcall, error, pack, unpack = pcall, error, table.pack, table.unpack
local integer = math.type

-- pairs and next in an order that is the same on every run: numbers, then
-- strings, each ascending, then false and true, then blocks in the order of
-- their allocation. Other keys have no order: one of them comes last, two are
-- an error. As in Lua, a loop may clear or change fields; it does not visit
-- new ones.

local rank = { number = 1, string = 2, boolean = 3, userdata = 4 }

local function before(a, b)
	local ranka, rankb = rank[type(a)], rank[type(b)]
	if ranka ~= rankb then
		return ranka < rankb
	elseif ranka == 3 then
		return not a and b
	elseif ranka == 4 then
		return host.order(a) < host.order(b)
	end
	return a < b
end

local function has_order(key)
	local kind = type(key)
	return kind == "userdata" and host.order(key) or rank[kind] and kind ~= "userdata"
end

local function sorted_keys(t, what)
	local keys, other, nr = {}, nil, 0
	for key in rawnext, t do
		if has_order(key) then
			nr = nr + 1
			keys[nr] = key
		elseif other ~= nil then
			host.fail(what .. ": two keys are " .. type(key) .. "s, which have "
				.. "no order that is the same on every run; use numbers, strings or "
				.. "blocks as keys, or a list")
		else
			other = key
		end
	end
	sort(keys, before)
	keys[nr + 1] = other
	return keys
end

local function check_table(t, what)
	if type(t) ~= "table" then
		host.fail(what .. ": expected a table, not " .. type(t)
			.. (type(t) == "userdata" and "; blocks are a list: use ipairs" or ""))
	end
end

function next(t, last)
	check_table(t, "next")
	if rawnext(t) == nil then
		return nil
	end
	local keys = sorted_keys(t, "next")
	if last == nil then
		return keys[1], rawget(t, keys[1])
	end
	for i, key in ipairs(keys) do
		if key == last then
			local following = keys[i + 1]
			return following, following ~= nil and rawget(t, following) or nil
		end
	end
	host.fail("next: the key is not in the table")
end

function pairs(t)
	local meta = getmetatable(t)
	local custom = type(meta) == "table" and rawget(meta, "__pairs")
	if custom then
		local f, s, c = custom(t)
		return f, s, c
	end
	check_table(t, "pairs")
	local keys, i = sorted_keys(t, "pairs"), 0
	return function()
		while true do
			i = i + 1
			local key = keys[i]
			if key == nil then
				return nil
			end
			local value = rawget(t, key)
			if value ~= nil then
				return key, value
			end
		end
	end, t, nil
end

-- A trace has the events since it was made.

local trace_methods = {}
local trace_class = {
	__metatable = "trace",
	__tostring = function() return "trace" end,
	__index = function(_, key)
		return trace_methods[key]
			or host.fail("a trace has no " .. tostring(key)
				.. "; it has count and first (zonewalk doc lua)")
	end,
}

local function matching(trace, what, event, filter)
	if getmetatable(trace) ~= "trace" then
		host.fail(what .. ": call it with a colon, t:count \"expand\"")
	end
	if type(event) ~= "string" then
		host.fail(what .. ": expected the name of an event, not "
			.. type(event) .. " (zonewalk doc events)")
	end
	local kind = type(filter)
	if filter ~= nil and kind ~= "function" and kind ~= "string" then
		host.fail(what .. ": expected a filter expression, \"order >= 3 and "
			.. "not ok\", or a function(e), not " .. kind)
	end
	local events = host.since(rawget(trace, "steps"), event,
		kind == "string" and filter or nil)
	if kind ~= "function" then
		return events
	end
	local found = {}
	for _, e in ipairs(events) do
		if filter(e) then
			found[#found + 1] = e
		end
	end
	return found
end

-- trace:count(event[, filter]): how many there are.
function trace_methods.count(trace, event, filter)
	return #matching(trace, "trace:count", event, filter)
end

-- trace:first(event[, filter]): the first of them, or nil.
function trace_methods.first(trace, event, filter)
	return matching(trace, "trace:first", event, filter)[1]
end

-- Notes of several parts: session/notes.def.

local function one_line(text)
	return (gsub(tostring(text), "[%s%z]+", " "))
end

local function note(kind, parts)
	host.note(kind, concat(parts, "\0"))
end

-- name { "text", ... }: the text may be written without its key.
local function named_text(name, given)
	if type(given) == "table" and rawget(given, 1) ~= nil then
		local named = {}
		for key, value in rawnext, given do
			named[key == 1 and "text" or key] = value
		end
		given = named
	end
	host.keys(name, given)
	if type(given.text) ~= "string" then
		host.fail(name .. ": text is missing; write " .. name .. "{ \"...\", ... }")
	end
	return given
end

-- What a scenario's function is called for; nil: for nothing.
local inside

-- f(...), and then finish(), even after an error.
local function call_inside(name, finish, f, ...)
	local outer = inside
	inside = name
	local results = pack(pcall(f, ...))
	inside = outer
	if not results[1] then
		finish()
		error(results[2], 0)
	end
	finish()
	return unpack(results, 2, results.n)
end

-- fold(text, f): the requests of f are one step of the player.

function fold(text, f)
	if type(text) ~= "string" then
		host.fail("fold: expected a text, not " .. type(text))
	elseif type(f) ~= "function" then
		host.fail("fold: expected a function after the text, not " .. type(f))
	end
	note("FOLD", { one_line(text) })
	return call_inside(inside or "fold", function() note("FOLD_END", { "" }) end, f)
end

-- ask{}: a prediction. The question becomes a note, run makes the requests,
-- and the computed answer becomes another note, with which the caller of the
-- scenario compares the prediction.

local function check_list(what, list, least, most, check)
	if type(list) ~= "table" or #list < least or #list > most then
		host.fail(("%s: expected a list of %d to %d elements"):format(what, least, most))
	end
	for _, element in ipairs(list) do
		check(element)
	end
end

local function check_choice(choice)
	local text = type(choice) == "table" and choice[1] or choice
	local feedback = type(choice) == "table" and choice.feedback
	if type(text) ~= "string" or feedback and type(feedback) ~= "string" then
		host.fail("ask: choices: expected a string or { string, feedback = string }")
	end
end

local function check_ask(question)
	if inside then
		host.fail("ask: not inside " .. inside .. "; end that first")
	elseif question.run ~= nil and type(question.run) ~= "function" then
		host.fail("ask: run: expected a function(trace), not " .. type(question.run))
	elseif question.run == nil and question.answer == nil then
		host.fail("ask: run or answer is missing; write run = function(t) ... return answer end")
	elseif question.reason ~= nil and type(question.reason) ~= "string" then
		host.fail("ask: reason: expected a string, not " .. type(question.reason))
	elseif question.feedback ~= nil and type(question.feedback) ~= "table" then
		host.fail("ask: feedback: expected a table, not " .. type(question.feedback))
	end
	host.has_form(question.type or "text", "")
	if question.hide ~= nil then
		check_list("ask: hide", question.hide, 1, 9, host.panel)
	end
	if question.choices ~= nil then
		check_list("ask: choices", question.choices, 2, 9, check_choice)
	end
	if (question.choices ~= nil) ~= ((question.type or question.choices and "choice") == "choice") then
		host.fail("ask: choices belong to type = \"choice\"")
	end
end

local function choice_text(choice)
	return one_line(type(choice) == "table" and choice[1] or choice)
end

-- The answer as its note has it: of choices the letter.
local function answer_text(question, form, answer)
	if answer == nil then
		host.fail("ask: run returned nil; end it with `return answer`")
	end
	for i, choice in ipairs(question.choices or {}) do
		if answer == i or one_line(answer) == choice_text(choice) then
			return char(96 + i)
		end
	end
	local text = type(answer) == "boolean" and (answer and "yes" or "no") or one_line(answer)
	if question.choices then
		host.fail("ask: the answer " .. text .. " is not one of the choices")
	elseif not host.has_form(form, text) then
		host.fail(("ask: the answer \"%s\" is not of type %s"):format(text, form))
	end
	return text
end

-- The step of an event, or one given as a number.
local function deciding_step(event)
	local step = type(event) == "table" and event.step or event
	if step ~= nil and integer(step) ~= "integer" then
		host.fail("ask: the third result of run: expected an event or a step, not " .. type(event))
	end
	return step and tostring(step) or ""
end

-- Wrong answers and what they would mean, as parts of the answer's note.
local function add_feedback(parts, question)
	for i, choice in ipairs(question.choices or {}) do
		if type(choice) == "table" and choice.feedback then
			parts[#parts + 1] = char(96 + i)
			parts[#parts + 1] = one_line(choice.feedback)
		end
	end
	for answer, text in pairs(question.feedback or {}) do
		parts[#parts + 1] = one_line(answer)
		parts[#parts + 1] = one_line(text)
	end
	if #parts > 3 + 2 * 32 then
		host.fail("ask: feedback to more than 32 answers")
	end
end

function ask(question)
	question = named_text("ask", question)
	check_ask(question)
	local form = question.type or question.choices and "choice" or "text"
	local parts = { one_line(question.text), form }
	for _, choice in ipairs(question.choices or {}) do
		parts[#parts + 1] = choice_text(choice)
	end
	if question.hide then
		note("HIDE", { concat(question.hide, " ") })
	end
	note("ASK", parts)
	local answer, reason, event = question.answer, nil, nil
	if question.run then
		local trace = setmetatable({ steps = host.steps() }, trace_class)
		answer, reason, event = call_inside("ask", function() end, question.run, trace)
	end
	parts = {
		answer_text(question, form, answer),
		one_line(reason or question.reason or ""), deciding_step(event),
	}
	add_feedback(parts, question)
	note("ANSWER", parts)
	return answer
end

-- takeaway(text): what to remember. Its lines are wrapped anew.
function takeaway(text)
	if type(text) ~= "string" then
		host.fail("takeaway: expected a string, not " .. type(text))
	end
	note("TAKEAWAY", { one_line(text) })
end

-- exercise{}: a task for after the lesson.

local function check_pair(what)
	return function(pair)
		if type(pair) ~= "table" or type(pair[1]) ~= "string" then
			host.fail("exercise: " .. what .. ": expected { string, ... }")
		end
	end
end

function exercise(about)
	about = named_text("exercise", about)
	check_list("exercise: checks", about.checks or {}, 0, 9, check_pair "checks")
	check_list("exercise: variants", about.variants or {}, 0, 9, check_pair "variants")
	note("EXERCISE", { one_line(about.text) })
	for _, check in ipairs(about.checks or {}) do
		note("CHECK", { one_line(check[1]), check[2] and "yes" or "no" })
	end
	for _, variant in ipairs(about.variants or {}) do
		if not variant[1]:find "^[%w_]+=." then
			host.fail("exercise: variants: expected \"NAME=VALUE\", not \"" .. variant[1] .. "\"")
		end
		note("VARIANT", { variant[1], one_line(variant[2] or "") })
	end
end
