-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- prelude: the part of the scenario language that is written in Lua.
--
-- It runs before each scenario and gets one table, `host`: fail(message)
-- raises with the scenario's line, args(table, what, keys) checks named
-- arguments, marks() and since(marks, name) look at events. Its position
-- never shows in a message: errors go through host.fail.

local host = ...

local next, rawget, select, tostring, type = next, rawget, select, tostring, type
local getmetatable, setmetatable, ipairs = getmetatable, setmetatable, ipairs
local sort, char, say = table.sort, string.char, say

-- pairs in an order that is the same on every run: numbers, then texts, each
-- ascending, then false and true; other keys follow as they come. As with
-- Lua's own, fields may be cleared or changed on the way; new ones are not
-- visited.

local rank = { number = 1, string = 2, boolean = 3 }

local function before(a, b)
	local ranka, rankb = rank[type(a)], rank[type(b)]
	if ranka ~= rankb then
		return ranka < rankb
	end
	if ranka == 3 then
		return not a and b
	end
	return a < b
end

local function sorted_keys(t)
	local keys, others = {}, {}
	for key in next, t do
		local list = rank[type(key)] and keys or others
		list[#list + 1] = key
	end
	sort(keys, before)
	for _, key in ipairs(others) do
		keys[#keys + 1] = key
	end
	return keys
end

function pairs(t)
	local meta = getmetatable(t)
	local custom = type(meta) == "table" and rawget(meta, "__pairs")
	if custom then
		local f, s, c = custom(t)
		return f, s, c
	end
	if type(t) ~= "table" then
		host.fail("pairs: a table is expected, not " .. type(t))
	end
	local keys, i = sorted_keys(t), 0
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

-- A trace looks at the events since it was made.

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

local function matching(trace, what, event, condition)
	if getmetatable(trace) ~= "trace" then
		host.fail(what .. ": call it with a colon, t:count \"expand\"")
	end
	if type(event) ~= "string" then
		host.fail(what .. ": the name of an event is expected, not "
			.. type(event) .. " (zonewalk doc events)")
	end
	if condition ~= nil and type(condition) ~= "function" then
		host.fail(what .. ": the condition is a function(e), not "
			.. type(condition))
	end
	local found = {}
	for _, e in ipairs(host.since(rawget(trace, "marks"), event)) do
		if not condition or condition(e) then
			found[#found + 1] = e
		end
	end
	return found
end

-- trace:count(event[, condition]): how many there were.
function trace_methods.count(trace, event, condition)
	return #matching(trace, "trace:count", event, condition)
end

-- trace:first(event[, condition]): the first of them, or nil.
function trace_methods.first(trace, event, condition)
	return matching(trace, "trace:first", event, condition)[1]
end

-- ask{}: a prediction before the reveal. Nobody answers here: the question
-- is told, run makes the requests, and the computed answer is told.

local ask_keys = { "text", "choices", "run", "answer", "hint" }

local function check_ask(question)
	host.args(question, "ask", ask_keys)
	if type(question.text) ~= "string" then
		host.fail("ask: text is missing; write ask{ text = \"...\", "
			.. "run = function(t) ... return answer end }")
	end
	if question.run ~= nil and type(question.run) ~= "function" then
		host.fail("ask: run is a function(trace), not " .. type(question.run))
	end
	if question.run == nil and question.answer == nil then
		host.fail("ask: run or answer is missing: who knows the answer?")
	end
	if question.hint ~= nil and type(question.hint) ~= "string" then
		host.fail("ask: hint is a text, not " .. type(question.hint))
	end
	if question.choices ~= nil and (type(question.choices) ~= "table"
			or #question.choices < 2) then
		host.fail("ask: choices is a list of two texts or more")
	end
	for _, choice in ipairs(question.choices or {}) do
		if type(choice) ~= "string" then
			host.fail("ask: a choice is a text, not " .. type(choice))
		end
	end
end

-- The answer as text; with choices it is one of them, or its number.
local function answer_text(question, answer)
	if answer == nil then
		host.fail("ask: run returned nothing; end it with `return answer`")
	end
	for i, choice in ipairs(question.choices or {}) do
		if answer == choice or answer == i then
			return char(96 + i) .. "  " .. choice
		end
	end
	if question.choices then
		host.fail("ask: the answer " .. tostring(answer)
			.. " is none of the choices")
	end
	if type(answer) == "boolean" then
		return answer and "yes" or "no"
	end
	return tostring(answer)
end

-- The example writes ask { "text", run = ... }: the text may come first.
local function named_text(question)
	if type(question) ~= "table" or rawget(question, 1) == nil then
		return question
	end
	local named = {}
	for key, value in next, question do
		named[key == 1 and "text" or key] = value
	end
	return named
end

function ask(question)
	question = named_text(question)
	check_ask(question)
	say("? " .. question.text)
	for i, choice in ipairs(question.choices or {}) do
		say("  " .. char(96 + i) .. "  " .. choice)
	end
	local answer = question.answer
	if question.run then
		local trace = setmetatable({ marks = host.marks() }, trace_class)
		answer = question.run(trace)
	end
	say("= " .. answer_text(question, answer)
		.. (question.hint and ". " .. question.hint or ""))
	return answer
end
