/* SPDX-License-Identifier: GPL-2.0-or-later */
/* request: requests.def as a table, and requests as texts. */
#include "session/request.h"

#include <stdio.h>
#include <string.h>

#define REQUEST(KIND, name, run, text, lua)                                    \
	static const struct request_param params_##KIND[] = {
#define MEMBER(kind, path, name)                                               \
	{ #name, KIND_##kind, offsetof(struct request, path),                  \
	  sizeof(((struct request *)0)->path) },
/* clang-format off */
#define REQUEST_END(member) };
/* clang-format on */
#include "session/requests.def"

const struct request_type request_types[NR_REQUEST_KINDS] = {
#define REQUEST(KIND, name, run, text, lua)                                    \
	[REQUEST_##KIND] = {                                                   \
		name,                                                          \
		text,                                                          \
		lua,                                                           \
		params_##KIND,                                                 \
		sizeof(params_##KIND) / sizeof(params_##KIND[0]),              \
	},
#define MEMBER(kind, path, name)
#define REQUEST_END(member)
#include "session/requests.def"
};

const char *request_kind_name(enum request_kind kind)
{
	return kind < NR_REQUEST_KINDS ? request_types[kind].name : "none";
}

int64_t request_param_value(const struct request *r,
			    const struct request_param *param)
{
	const char *at = (const char *)r + param->offset;
	uint64_t value;
	uint32_t word;

	switch (param->size) {
	case sizeof(value):
		memcpy(&value, at, sizeof(value));
		return (int64_t)value;
	case sizeof(word):
		memcpy(&word, at, sizeof(word));
		return param->kind == KIND_signed ? (int64_t)(int32_t)word :
						    (int64_t)word;
	default:
		return *at;
	}
}

int64_t request_get(const struct request *r, const char *name,
		    int64_t otherwise)
{
	const struct request_type *type = &request_types[r->kind];

	for (uint32_t i = 0; i < type->nr_params; i++)
		if (!strcmp(type->params[i].name, name))
			return request_param_value(r, &type->params[i]);
	return otherwise;
}

uint32_t request_pfn(const struct request *r)
{
	return (uint32_t)request_get(r, "pfn", r->pfn);
}

const char *request_difference(const struct request *a, const struct request *b)
{
	const struct request_type *type = &request_types[a->kind];

	if (a->kind != b->kind)
		return "kind";
	for (uint32_t i = 0; i < type->nr_params; i++)
		if (request_param_value(a, &type->params[i]) !=
		    request_param_value(b, &type->params[i]))
			return type->params[i].name;
	return strcmp(a->name, b->name) ? "owner" : NULL;
}

void request_set_name(struct request *r, const char *name)
{
	memset(r->name, 0, sizeof(r->name));
	if (name)
		strncpy(r->name, name, sizeof(r->name) - 1);
}

/* -- texts ---------------------------------------------------------------- */

/* Text @template of the kind's row with the request's parameters. */
static const char *fill(const struct request *r, const char *template,
			value_text_fn *value_text, char *buf, size_t size)
{
	const struct request_type *type = &request_types[r->kind];
	struct named_value values[MAX_NAMED_VALUES];
	uint32_t nr = 0;

	for (; nr < type->nr_params; nr++)
		values[nr] = (struct named_value){
			.name = type->params[nr].name,
			.kind = type->params[nr].kind,
			.value = request_param_value(r, &type->params[nr]),
		};
	values[nr++] = (struct named_value){ .name = "owner", .text = r->name };
	return text_fill(NULL, template, values, nr, value_text, buf, size);
}

const char *request_text(const struct request *r, char *buf, size_t size)
{
	return fill(r, request_types[r->kind].text, named_value_text, buf,
		    size);
}

/* @text between quotes, as Lua reads it. */
static void quote(const char *text, char *buf, size_t size)
{
	size_t length = 0;

	length += (size_t)snprintf(buf, size, "\"");
	for (; *text && length + 6 < size; text++) {
		unsigned char c = (unsigned char)*text;
		if (c < ' ' || c == 127) {
			length += (size_t)snprintf(buf + length, size - length,
						   "\\%03u", c);
			continue;
		}
		if (c == '"' || c == '\\')
			buf[length++] = '\\';
		buf[length++] = (char)c;
	}
	snprintf(buf + length, size - length, "\"");
}

static void nodes_lua(uint64_t nodes, char *buf, size_t size)
{
	size_t length = (size_t)snprintf(buf, size, "{");

	for (unsigned int nid = 0; nid < MAX_NUMNODES; nid++)
		if (nodes >> nid & 1)
			length += (size_t)snprintf(buf + length, size - length,
						   "%s%u",
						   length > 1 ? ", " : " ",
						   nid);
	snprintf(buf + length, size - length, " }");
}

/* A value as Lua reads it. */
static const char *value_lua(const struct machine *m,
			     const struct named_value *v, char *buf,
			     size_t size)
{
	char text[GFP_TEXT_MAX];

	if (v->text)
		quote(v->text, buf, size);
	else if (v->kind == KIND_flag)
		snprintf(buf, size, "%s", v->value ? "true" : "false");
	else if (v->kind == KIND_nodemask)
		nodes_lua((uint64_t)v->value, buf, size);
	else if (v->kind == KIND_gfp || v->kind == KIND_alloc_flags ||
		 v->kind == KIND_migratetype || kind_is_enum(v->kind))
		quote(field_text(m, v->kind, v->value, text, sizeof(text)), buf,
		      size);
	else
		field_text(m, v->kind, v->value, buf, size);
	return buf;
}

const char *request_lua(const struct request *r, char *buf, size_t size)
{
	return fill(r, request_types[r->kind].lua, value_lua, buf, size);
}
