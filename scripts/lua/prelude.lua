-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- prelude: the part of the scenario language that is written in Lua.
--
-- It runs before each scenario and gets one table, `host` (api.c):
-- fail(message) raises with the scenario's line, not with one of this file;
-- ask_keys(question) checks the keys of ask{}; steps() and since(steps, name,
-- filter) find events; ask(text) and answer(text) make notes; order(value)
-- is a block's serial number.

local host = ...

-- luacheck: globals pairs next ask

local rawnext, rawget, tostring, type = next, rawget, tostring, type
local getmetatable, setmetatable, ipairs = getmetatable, setmetatable, ipairs
local sort, concat = table.sort, table.concat
local char, gsub = string.char, string.gsub

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

-- ask{}: a prediction. The question becomes a note, run makes the requests,
-- and the computed answer becomes another note, with which the caller of the
-- scenario compares the prediction. The texts of the notes:
--
--   question, and a line for each choice:  a  none
--   the answer (of choices with its letter), then ". " and the hint

local function check_ask(question)
	host.ask_keys(question)
	if type(question.text) ~= "string" then
		host.fail("ask: text is missing; write ask{ text = \"...\", "
			.. "run = function(t) ... return answer end }")
	end
	if question.run ~= nil and type(question.run) ~= "function" then
		host.fail("ask: run: expected a function(trace), not " .. type(question.run))
	end
	if question.run == nil and question.answer == nil then
		host.fail("ask: run or answer is missing; write run = function(t) ... return answer end")
	end
	if question.hint ~= nil and type(question.hint) ~= "string" then
		host.fail("ask: hint: expected a string, not " .. type(question.hint))
	end
	if question.choices ~= nil and (type(question.choices) ~= "table"
			or #question.choices < 2 or #question.choices > 9) then
		host.fail("ask: choices: expected a list of two to nine strings")
	end
	for _, choice in ipairs(question.choices or {}) do
		if type(choice) ~= "string" then
			host.fail("ask: choices: expected a string, not " .. type(choice))
		end
	end
end

local function one_line(text)
	return (gsub(text, "%s+", " "))
end

-- The answer as a string; with choices it is one of them, or its number.
local function answer_text(question, answer)
	if answer == nil then
		host.fail("ask: run returned nil; end it with `return answer`")
	end
	local choices = question.choices or {}
	for i, choice in ipairs(choices) do
		if tostring(answer) == choice then
			return char(96 + i) .. "  " .. one_line(choice)
		end
	end
	if question.choices and choices[answer] then
		return char(96 + answer) .. "  " .. one_line(choices[answer])
	end
	if question.choices then
		host.fail("ask: the answer " .. tostring(answer)
			.. " is not one of the choices")
	end
	if type(answer) == "boolean" then
		return answer and "yes" or "no"
	end
	return one_line(tostring(answer))
end

-- ask { "text", run = ... }: the text may be written without its key.
local function named_text(question)
	if type(question) ~= "table" or rawget(question, 1) == nil then
		return question
	end
	local named = {}
	for key, value in rawnext, question do
		named[key == 1 and "text" or key] = value
	end
	return named
end

function ask(question)
	question = named_text(question)
	check_ask(question)
	local lines = { one_line(question.text) }
	for i, choice in ipairs(question.choices or {}) do
		lines[#lines + 1] = "  " .. char(96 + i) .. "  " .. one_line(choice)
	end
	host.ask(concat(lines, "\n"))
	local answer = question.answer
	if question.run then
		local trace = setmetatable({ steps = host.steps() }, trace_class)
		answer = question.run(trace)
	end
	host.answer(answer_text(question, answer)
		.. (question.hint and ". " .. one_line(question.hint) or ""))
	return answer
end
