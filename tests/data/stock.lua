-- SPDX-License-Identifier: GPL-2.0-or-later
-- Prints results of those functions of Lua that a scenario has from zonewalk
-- or through it. Stock Lua must print the same, byte for byte.
local seed = 42
local function random(n) -- the same numbers in both
	seed = (seed * 1103515245 + 12345) % 2147483648
	return seed // 65536 % n
end

local lines = {}
local function line(...) lines[#lines + 1] = table.concat({ ... }, " ") end
-- The result of a call as text; an error without its place.
local function try(f, ...)
	local results = table.pack(pcall(f, ...))
	for i = 1, results.n do
		local value = results[i]
		results[i] = type(value) == "string" and value:gsub("^[^:]*:%d+: ", "") or tostring(value)
	end
	return table.concat(results, ",", 1, results.n)
end

local values = { 0, -1, 7, 255, 2 ^ 31, -2 ^ 63, math.maxinteger, math.mininteger, 1.5, -0.0, 1e100, 1 / 3, math.huge,
	-math.huge, "", "text", "12", "0x1F", " 7 ", "\0mid\0", "é", true, false,
	setmetatable({}, { __tostring = function() return "named" end }) }

for _, conversion in ipairs { "d", "5d", "-5d", "05d", "+d", "i", "u", "c", "x", "X", "#x", "o", "e", "E", ".3e", "f",
	".0f", "10.2f", "g", "G", "a", "q", "s", "10s", "-10s", ".2s", "y", "", "123d", "%", "%d" } do
	for _, value in ipairs(values) do
		line("format", conversion, try(string.format, "<%" .. conversion .. ">", value))
	end
	line("format", conversion, try(string.format, "<%" .. conversion .. ">"))
end
line(try(string.format, "%s %s", 1), try(string.format, "%d%%\0%s", 3, nil), try(string.format, "%q", nil))

for _, value in ipairs(values) do
	line("tostring", try(tostring, value), try(tostring, value, 2))
	for n = -1, 3 do
		line("rep", try(string.rep, value, n), try(string.rep, value, n, ", "), try(string.rep, value, n + 0.5))
	end
	line("load", try(load, value), try(function() return load(value)() end))
	line("setmetatable", try(setmetatable, {}, value), try(setmetatable, value, {}), try(getmetatable, value))
end
line(try(tostring), try(string.rep), try(string.rep, "x"), try(load), try(setmetatable), try(setmetatable, {}))
line(try(setmetatable, setmetatable({}, { __metatable = 1 }), {}), tostring(nil), try(tostring, nil))
line(try(function() return load("return ...")(1, 2) end), try(function() return load("x = = 1") end))
line(try(function() local e = {}; load("y = 3", "name", "t", e)(); return e.y end))
line(try(function() local parts = { "return", " 5", nil }; local i = 0; return load(function() i = i + 1; return parts[i] end)() end))

-- table.sort: where every two elements have an order, the result is one.
for length = 0, 70 do
	local numbers, texts = {}, {}
	for i = 1, length do
		numbers[i] = random(50) + (random(2) == 0 and 0 or 0.5)
		texts[i] = string.char(97 + random(26), 97 + random(26))
	end
	for _, list in ipairs { numbers, texts } do
		local before = { table.unpack(list) }
		table.sort(list)
		line("sort", table.concat(list, " "))
		table.sort(before, function(a, b) return a > b end)
		line("sort", table.concat(before, " "))
	end
end
local function by_key(a, b) return a.key < b.key end
local records = {}
for i = 1, 40 do records[i] = { key = (i * 17) % 41 } end
table.sort(records, by_key)
for i, record in ipairs(records) do records[i] = record.key end
line("sort", table.concat(records, " "))
local less = { __lt = function(a, b) return a.n < b.n end }
local objects = {}
for i = 1, 20 do objects[i] = setmetatable({ n = (i * 7) % 23 }, less) end
table.sort(objects)
for i, object in ipairs(objects) do objects[i] = object.n end
line("sort", table.concat(objects, " "))
local function passes(f, ...) return tostring((pcall(f, ...))) end
line("sort errors", passes(table.sort), passes(table.sort, 3), passes(table.sort, { 1, "x" }), passes(table.sort, { {}, {} }),
     passes(table.sort, { 2, 1 }, 3), passes(table.sort, { 1, nil, 3, n = 3 }), passes(table.sort, { 2, 1 }, function() error("no") end))
local proxy = { 3, 1, 2 }
table.sort(setmetatable({}, { __index = proxy, __newindex = proxy, __len = function() return 3 end }))
line("sort", table.concat(proxy, " "))

-- math.random: the numbers and messages differ, what it accepts does not.
for _, arguments in ipairs { {}, { 0 }, { 1 }, { 5 }, { 3, 3 }, { -2, 9 }, { 5, 1 }, { 0.5 }, { "x" }, { 1, 2, 3 },
	{ math.mininteger, math.maxinteger } } do
	local ok, value = pcall(math.random, table.unpack(arguments))
	line("random", tostring(ok), ok and math.type(value) or "")
end

for _, text in ipairs(lines) do
	print((text:gsub("[^ -~]", function(c) return "\\" .. c:byte() end)))
end
