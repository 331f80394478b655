/* SPDX-License-Identifier: GPL-2.0-or-later */
/* wire_code: one walk over each thing, for writing and reading it. */
#include "sandbox/codec.h"

#include <string.h>

static void code_u8(struct wire_code *c, uint8_t *value)
{
	if (c->out)
		wire_u8(c->out, *value);
	else
		*value = wire_get_u8(c->in);
}

void code_u32(struct wire_code *c, uint32_t *value)
{
	if (c->out)
		wire_u32(c->out, *value);
	else
		*value = wire_get_u32(c->in);
}

static void code_u64(struct wire_code *c, uint64_t *value)
{
	if (c->out)
		wire_u64(c->out, *value);
	else
		*value = wire_get_u64(c->in);
}

static void code_flag(struct wire_code *c, bool *value)
{
	if (c->out)
		wire_u8(c->out, *value);
	else
		*value = wire_get_flag(c->in);
}

/* -1, 0 or 1 */
static void code_choice(struct wire_code *c, int *value)
{
	uint32_t word = (uint32_t)(*value + 1);

	code_u32(c, &word);
	if (c->in && word > 2)
		c->in->bad = true;
	else
		*value = (int)word - 1;
}

/* A number below @end: of an enum, of an array's elements and one more. */
static uint32_t code_below(struct wire_code *c, uint32_t value, uint32_t end)
{
	if (c->out)
		wire_u32(c->out, value);
	else
		value = wire_get_most(c->in, end - 1);
	return value;
}

void code_text(struct wire_code *c, const char **text)
{
	if (c->out)
		wire_text(c->out, *text);
	else
		*text = wire_get_text(c->in, WIRE_TEXT_MAX);
}

/* A text in an array of @size bytes. */
static void code_chars(struct wire_code *c, char *chars, size_t size)
{
	const char *text = chars;

	if (c->out) {
		wire_text(c->out, text);
		return;
	}
	text = wire_get_text(c->in, size - 1);
	memset(chars, 0, size);
	memcpy(chars, text, strlen(text));
}

/* -- machines ------------------------------------------------------------- */

static void code_ranges(struct wire_code *c, struct frame_range *ranges,
			uint32_t *nr)
{
	*nr = code_below(c, *nr, MAX_NODE_RANGES + 1);
	for (uint32_t i = 0; i < *nr; i++) {
		code_u32(c, &ranges[i].start_pfn);
		code_u32(c, &ranges[i].nr_pages);
	}
}

static void code_node(struct wire_code *c, struct node_description *n)
{
	code_flag(c, &n->absent);
	code_u32(c, &n->start_pfn);
	code_u32(c, &n->nr_pages);
	code_u32(c, &n->movable);
	code_ranges(c, n->holes, &n->nr_holes);
	code_ranges(c, n->reserved, &n->nr_reserved);
	code_ranges(c, n->cma, &n->nr_cma);
}

static void code_sysctls(struct wire_code *c, struct machine_description *d)
{
	code_flag(c, &d->has_min_free_kbytes);
	code_u32(c, &d->min_free_kbytes);
	code_flag(c, &d->has_watermark_boost_factor);
	code_u32(c, &d->watermark_boost_factor);
	code_flag(c, &d->has_watermark_scale_factor);
	code_u32(c, &d->watermark_scale_factor);
	code_flag(c, &d->has_lowmem_reserve_ratio);
	for (uint32_t i = 0; i < MAX_NR_ZONES; i++)
		code_u32(c, &d->lowmem_reserve_ratio[i]);
	code_u32(c, &d->node_reclaim_mode);
	code_u32(c, &d->node_reclaim_distance);
	code_flag(c, &d->has_dirty_ratio);
	code_u32(c, &d->dirty_ratio);
	code_u64(c, &d->dirty_bytes);
	code_flag(c, &d->mobility_grouping_disabled);
}

static void code_description(struct wire_code *c, struct machine_description *d)
{
	d->arch = (enum machine_arch)code_below(c, d->arch, ARCH_I386 + 1);
	d->nr_nodes = code_below(c, d->nr_nodes, MAX_NUMNODES + 1);
	for (uint32_t i = 0; i < d->nr_nodes; i++)
		code_node(c, &d->node[i]);
	d->nr_cpus = code_below(c, d->nr_cpus, NR_CPUS + 1);
	code_flag(c, &d->has_cpu_node);
	for (uint32_t i = 0; d->has_cpu_node && i < d->nr_cpus; i++)
		code_u32(c, &d->cpu_node[i]);
	code_flag(c, &d->has_distance);
	for (uint32_t i = 0; d->has_distance && i < d->nr_nodes; i++)
		for (uint32_t j = 0; j < d->nr_nodes; j++)
			code_u32(c, &d->distance[i][j]);
	code_u32(c, &d->max_order);
	code_u32(c, &d->pageblock_order);
	for (uint32_t i = 0; i < MAX_NR_ZONES; i++)
		code_u32(c, &d->zone_limit[i]);
	code_choice(c, &d->cma);
	code_choice(c, &d->numa);
	code_choice(c, &d->nofragment);
	code_choice(c, &d->pageblocks_per_zone);
	code_flag(c, &d->transparent_hugepage);
	code_sysctls(c, d);
}

void code_machine(struct wire_code *c, struct wire_machine *machine)
{
	code_u32(c, &machine->line);
	code_flag(c, &machine->poison);
	code_description(c, machine->description);
}

/* -- requests ------------------------------------------------------------- */

static void code_param(struct wire_code *c, struct request *r,
		       const struct request_param *param)
{
	char *at = (char *)r + param->offset;
	uint64_t value = (uint64_t)request_param_value(r, param);
	uint32_t word = (uint32_t)value;
	bool flag = value;

	if (param->kind == KIND_flag)
		code_flag(c, &flag);
	else if (param->size == sizeof(value))
		code_u64(c, &value);
	else
		code_u32(c, &word);
	if (c->out)
		return;
	if (param->kind == KIND_flag)
		word = flag;
	if (param->size == sizeof(value))
		memcpy(at, &value, sizeof(value));
	else if (param->size == sizeof(word))
		memcpy(at, &word, sizeof(word));
	else
		memcpy(at, &flag, sizeof(flag));
}

void code_request(struct wire_code *c, struct wire_request *r)
{
	struct request *q = &r->request;
	const struct request_type *type;

	code_u32(c, &r->session);
	code_u32(c, &r->source);
	code_u32(c, &q->where.line);
	q->kind = (enum request_kind)code_below(c, q->kind, NR_REQUEST_KINDS);
	type = &request_types[q->kind];
	for (uint32_t i = 0; i < type->nr_params; i++)
		code_param(c, q, &type->params[i]);
	if (request_is_alloc(q))
		code_chars(c, q->name, sizeof(q->name));
	code_u32(c, &q->pfn);
	q->error =
		(enum machine_error)code_below(c, q->error, NR_MACHINE_ERROR);
	code_u32(c, &q->last_step);
}

/* -- notes, the end ------------------------------------------------------- */

void code_note(struct wire_code *c, struct wire_note *n)
{
	const char *text = n->note.text;

	code_u32(c, &n->session);
	code_u32(c, &n->source);
	code_u32(c, &n->note.where.line);
	n->note.kind =
		(enum note_kind)code_below(c, n->note.kind, NR_NOTE_KINDS);
	code_u32(c, &n->note.step);
	code_text(c, &text);
	n->note.text = (char *)(uintptr_t)text; /* only read */
}

void code_answer(struct wire_code *c, struct wire_answer *answer)
{
	answer->answer = (enum file_answer)code_below(c, answer->answer,
						      FILE_UNREADABLE + 1);
	code_text(c, &answer->why);
	if (c->out)
		wire_bytes(c->out, answer->text, answer->size);
	else
		answer->text =
			wire_get_bytes(c->in, WIRE_ANSWER_MAX, &answer->size);
}

void code_end(struct wire_code *c, struct wire_end *e)
{
	e->outcome = (enum scenario_outcome)code_below(c, e->outcome,
						       NR_SCENARIO_OUTCOMES);
	e->hit = (enum limit)code_below(c, e->hit, NR_LIMITS);
	code_u32(c, &e->nr_failed);
	code_text(c, &e->message);
}

/* -- the beginning -------------------------------------------------------- */

void code_report(struct wire_code *c, struct isolation_report *report)
{
	code_flag(c, &report->process);
	code_flag(c, &report->program);
	code_flag(c, &report->descriptors);
	code_flag(c, &report->rlimits);
	code_flag(c, &report->memory);
	code_flag(c, &report->no_new_privs);
	code_flag(c, &report->seccomp);
	code_flag(c, &report->landlock);
}

static void code_options(struct wire_code *c, struct scenario_options *o)
{
	uint8_t isolation = (uint8_t)o->isolation;

	code_flag(c, &o->record);
	code_flag(c, &o->graded);
	code_u64(c, &o->seed);
	code_u8(c, &isolation);
	o->isolation = isolation == ISOLATION_WHOLE ? ISOLATION_WHOLE :
						      ISOLATION_BEST;
	for (int limit = LIMIT_NONE + 1; limit < NR_LIMITS; limit++)
		code_u64(c, &o->limits[limit]);
}

void code_job(struct wire_code *c, struct wire_job *job)
{
	code_options(c, &job->options);
	code_text(c, &job->path);
	code_u32(c, &job->nr_params);
	if (c->out)
		wire_bytes(c->out, job->text, job->text_size);
	else
		job->text =
			wire_get_bytes(c->in, WIRE_TEXT_MAX, &job->text_size);
}
