-- SPDX-License-Identifier: GPL-2.0-or-later
--
-- order: pairs and next, which visit a table in the same order on every run.
--
-- The files of this folder are the part of the scenario language that is
-- written in Lua. They run before each scenario and get one table, `host`
-- (api.c); fail(message) raises with the scenario's line, not with one of a
-- file here. This one uses host.order(value), a block's serial number.

local host = ...

-- luacheck: globals pairs next

local rawnext, rawget, type = next, rawget, type
local getmetatable, ipairs = getmetatable, ipairs
local sort = table.sort

-- The order: numbers, then strings, each ascending, then false and true, then blocks in the order of
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
