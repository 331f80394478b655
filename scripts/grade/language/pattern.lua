-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- pattern: which events a check is about.
--
--   { "watermark_check", zone = "DMA", ok = false,
--     where = function(e, m) return e.free - e.unusable > e.watermark end }
--
-- A pattern has the name of an event ("*" is any) and any number of tests,
-- which must all hold:
--
--   * fields by name, with a value, with at_least(n) at_most(n) between(a, b)
--     one_of{...} other_than(v), or with var "x": the first match binds x to
--     the field's value, and later matches must have the same value;
--   * `where`: a filter expression as text ("free - unusable > watermark and not ok",
--     events/filter.h), a function of the event and of the machine at that
--     step, or a list of these.
--
-- An expression may also stand instead of the name: "watermark_check and not ok".
--
-- The arguments are `host` (property_host.c) and `G`, the table that the files
-- of the assignment language share.

local host, G = ...

local type, tostring, ipairs, next = type, tostring, ipairs, next
local setmetatable, getmetatable, sort = setmetatable, getmetatable, table.sort
local select = select

-- -- values -----------------------------------------------------------------

-- A test of a field: `text` describes it, holds(value) decides it.
local test_class = { __metatable = "test" }
local var_class = { __metatable = "var" }

local function test(text, holds)
	return setmetatable({ text = text, holds = holds }, test_class)
end

local function number(what, value)
	if type(value) ~= "number" then
		host.fail(what .. ": a number is expected, not " .. type(value))
	end
	return value
end

function at_least(n)
	number("at_least", n)
	return test("at least " .. n, function(v) return v ~= nil and v >= n end)
end

function at_most(n)
	number("at_most", n)
	return test("at most " .. n, function(v) return v ~= nil and v <= n end)
end

function between(a, b)
	number("between", a)
	number("between", b)
	return test(a .. " to " .. b, function(v)
		return v ~= nil and v >= a and v <= b
	end)
end

function one_of(list)
	local texts = {}
	if type(list) ~= "table" or #list == 0 then
		host.fail "one_of: a list of values is expected; write one_of{ 1, 2 }"
	end
	for i, value in ipairs(list) do
		texts[i] = tostring(value)
	end
	local made = test("one of " .. table.concat(texts, ", "), function(v)
		for _, value in ipairs(list) do
			if v == value then return true end
		end
		return false
	end)
	made.values = list
	return made
end

function other_than(value)
	local made = test("other than " .. tostring(value), function(v)
		return v ~= value
	end)
	made.values = { value }
	return made
end

function var(name)
	if type(name) ~= "string" then
		host.fail "var: a name is expected; write pfn = var \"p\""
	end
	return setmetatable({ name = name }, var_class)
end

-- -- compiling a pattern into tests --------------------------------------------

-- tests[i] = { text, function(e, m, bound) }; m() moves the machine to the
-- step and returns it, so that only tests that need it pay for that.
local function add_value(tests, p, field, value)
	local kind = getmetatable(value)
	host.field(p.name, field)
	if kind == "var" then
		p.binds = true
		tests[#tests + 1] = { field .. " as " .. value.name, function(e, _, bound)
			local v = e[field]
			if bound[value.name] == nil then
				bound[value.name] = v
				return v ~= nil
			end
			return v == bound[value.name]
		end, binds = true }
	elseif kind == "test" then
		for _, one in ipairs(value.values or {}) do
			host.value(p.name, field, one)
		end
		tests[#tests + 1] = { field .. " " .. value.text, function(e)
			return value.holds(e[field])
		end }
	else
		host.value(p.name, field, value)
		tests[#tests + 1] = { field .. " = " .. tostring(value), function(e)
			return e[field] == value
		end }
	end
end

-- Split "a and (b or c)" in two, so that a near miss can name the one that
-- failed.
local function conjuncts(text)
	local parts, depth, from, at = {}, 0, 1, 1
	while at <= #text do
		local c = text:sub(at, at)
		depth = depth + (c == "(" and 1 or c == ")" and -1 or 0)
		if c == "\"" or c == "'" or depth == 0 and text:find("^%s+or%f[%W]", at) then
			return { text }
		elseif depth == 0 and text:find("^%s+and%f[%W]", at) then
			parts[#parts + 1] = text:sub(from, at - 1)
			at = select(2, text:find("^%s+and%s*", at))
			from = at + 1
		end
		at = at + 1
	end
	parts[#parts + 1] = text:sub(from)
	return parts
end

local function add_expression(tests, text)
	host.expression(text) -- errors have columns of the whole text
	for _, part in ipairs(conjuncts(text)) do
		local expression = host.expression(part)
		tests[#tests + 1] = { part, function(e)
			return host.holds(expression, e.machine_index, e.step)
		end }
	end
end

local function add_where(tests, p, where)
	if type(where) == "function" then
		tests[#tests + 1] = { nil, function(e, m) return where(e, m()) end }
	elseif type(where) == "string" then
		add_expression(tests, where)
	elseif type(where) == "table" then
		for _, one in ipairs(where) do
			add_where(tests, p, one)
		end
	else
		host.fail("where: a text, a function(event, machine) or a list of "
			.. "them is expected, not " .. type(where))
	end
end

local function sorted_keys(t)
	local keys = {}
	for key in next, t do
		keys[#keys + 1] = key
	end
	sort(keys, function(a, b) return tostring(a) < tostring(b) end)
	return keys
end

-- Compile @spec. @others: keys that are not fields.
local function compile(spec, what, others)
	if type(spec) == "string" then
		spec = { spec }
	end
	if type(spec) ~= "table" or type(spec[1]) ~= "string" then
		host.fail(what .. ": { \"event\", field = value } is expected "
			.. "(zonewalk doc events)")
	end
	local p = { name = spec[1], id = -1, tests = {} }
	if not p.name:find("^[%w_*]+$") then
		add_expression(p.tests, p.name)
		p.name = "*"
	elseif p.name ~= "*" then
		p.id = host.event(p.name)
	end
	local fields = {}
	for _, key in ipairs(sorted_keys(spec)) do
		local value = spec[key]
		if key == "where" then
			-- added after the fields, which it may rely on
		elseif type(key) == "string" and not (others and others[key]) then
			add_value(fields, p, key, value)
		elseif key ~= 1 and type(key) == "number" then
			host.fail(what .. ": a pattern has one event; unexpected: \""
				.. tostring(value) .. "\"")
		end
	end
	for _, one in ipairs(fields) do
		p.tests[#p.tests + 1] = one
	end
	if spec.where ~= nil then
		add_where(p.tests, p, spec.where)
	end
	return p
end

-- A pattern as text, or only its test @missing.
local function pattern_text(p, missing)
	local parts = { missing }
	for _, one in ipairs(missing and {} or p.tests) do
		parts[#parts + 1] = one[1] or "the assignment's function"
	end
	local name = p.name == "*" and "any event" or p.name
	if #parts == 0 then
		return name
	end
	return name .. " with " .. table.concat(parts, ", ")
end

-- -- matching ----------------------------------------------------------------

-- Does the event at @step match? If so, also returns the bound variables.
local function match(p, machine, step, bound)
	local e = host.event_at(machine, step)
	local m = function() return host.machine_at(machine, step) end
	local now = bound or {}
	if p.binds then
		now = {}
		for key, value in next, bound or {} do
			now[key] = value
		end
	end
	for _, one in ipairs(p.tests) do
		if not one[2](e, m, now) then
			return false
		end
	end
	return true, now
end

-- The first matching step of @scope, from @from on, or nil.
local function find(p, scope, from, bound)
	local step = host.find(scope.machine, p.id, from or scope.first, scope.last)
	while step do
		local good, now = match(p, scope.machine, step, bound)
		if good then
			return step, now
		end
		step = host.find(scope.machine, p.id, step + 1, scope.last)
	end
	return nil
end

local function count(p, scope)
	local nr, last = 0, nil
	local step = find(p, scope)
	while step do
		nr, last = nr + 1, step
		step = find(p, scope, step + 1)
	end
	return nr, last
end

-- The step whose event passes most tests, and the first test that it fails.
local function nearest(p, scope)
	local best, best_nr, missing = nil, -1, nil
	local step = host.find(scope.machine, p.id, scope.first, scope.last)
	while step do
		local e = host.event_at(scope.machine, step)
		local m = function() return host.machine_at(scope.machine, step) end
		local nr, first = 0, nil
		for _, one in ipairs(p.tests) do
			if one[2](e, m, {}) then
				nr = nr + 1
			else
				first = first or one[1] or "the assignment's function"
			end
		end
		if nr > best_nr then
			best, best_nr, missing = step, nr, first
		end
		step = host.find(scope.machine, p.id, step + 1, scope.last)
	end
	return best, best_nr, missing
end

G.pattern = {
	compile = compile, text = pattern_text, match = match, find = find,
	count = count, nearest = nearest, sorted_keys = sorted_keys,
}
