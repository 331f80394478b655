-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- note: fold, ask{}, takeaway and exercise{}, which make notes of several parts
-- (session/notes.def).
--
-- It uses host.keys(name, table), which checks the keys of ask{} or
-- exercise{}; host.note(kind, text), whose parts have zeros between them;
-- host.has_form(form, text), whether the text is an answer of that form;
-- host.panel(name), which checks the name of a panel; host.trace() (trace.lua).

local host = ...

-- luacheck: globals ask fold exercise takeaway

local rawnext, rawget, tostring, type = next, rawget, tostring, type
local ipairs, concat = ipairs, table.concat
local char, gsub = string.char, string.gsub
local pcall, error, pack, unpack = pcall, error, table.pack, table.unpack
local integer = math.type

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
		answer, reason, event = call_inside("ask", function() end, question.run, host.trace())
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
