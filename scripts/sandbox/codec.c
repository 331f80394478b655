/* SPDX-License-Identifier: GPL-2.0-or-later */
/* codec: one walk over each payload, for writing and reading it. */
#include "sandbox/codec.h"

#include <string.h>

static void codec_u8(struct codec *c, uint8_t *value)
{
	if (c->out)
		message_put_u8(c->out, *value);
	else
		*value = message_get_u8(c->in);
}

void codec_u32(struct codec *c, uint32_t *value)
{
	if (c->out)
		message_put_u32(c->out, *value);
	else
		*value = message_get_u32(c->in);
}

static void codec_u64(struct codec *c, uint64_t *value)
{
	if (c->out)
		message_put_u64(c->out, *value);
	else
		*value = message_get_u64(c->in);
}

static void codec_flag(struct codec *c, bool *value)
{
	if (c->out)
		message_put_u8(c->out, *value);
	else
		*value = message_get_flag(c->in);
}

/* -1, 0 or 1 */
static void codec_choice(struct codec *c, int *value)
{
	uint32_t word = (uint32_t)(*value + 1);

	codec_u32(c, &word);
	if (c->in && word > 2)
		c->in->bad = true;
	else
		*value = (int)word - 1;
}

/* A number below @end: of an enum, of an array's elements and one more. */
static uint32_t codec_below(struct codec *c, uint32_t value, uint32_t end)
{
	if (c->out)
		message_put_u32(c->out, value);
	else
		value = message_get_most(c->in, end - 1);
	return value;
}

void codec_text(struct codec *c, const char **text)
{
	if (c->out)
		message_put_text(c->out, *text);
	else
		*text = message_get_text(c->in, MESSAGE_TEXT_MAX);
}

/* A text in an array of @size bytes. */
static void codec_chars(struct codec *c, char *chars, size_t size)
{
	const char *text = chars;

	if (c->out) {
		message_put_text(c->out, text);
		return;
	}
	text = message_get_text(c->in, size - 1);
	memset(chars, 0, size);
	memcpy(chars, text, strlen(text));
}

/* -- machines ------------------------------------------------------------- */

static void codec_ranges(struct codec *c, struct page_range *ranges,
			 uint32_t *nr)
{
	*nr = codec_below(c, *nr, MAX_NODE_RANGES + 1);
	for (uint32_t i = 0; i < *nr; i++) {
		codec_u32(c, &ranges[i].start_pfn);
		codec_u32(c, &ranges[i].nr_pages);
	}
}

static void codec_node(struct codec *c, struct node_description *n)
{
	codec_flag(c, &n->absent);
	codec_u32(c, &n->start_pfn);
	codec_u32(c, &n->nr_pages);
	codec_u32(c, &n->movable);
	codec_ranges(c, n->holes, &n->nr_holes);
	codec_ranges(c, n->reserved, &n->nr_reserved);
	codec_ranges(c, n->cma, &n->nr_cma);
}

static void codec_sysctls(struct codec *c, struct machine_description *d)
{
	codec_flag(c, &d->has_min_free_kbytes);
	codec_u32(c, &d->min_free_kbytes);
	codec_flag(c, &d->has_watermark_boost_factor);
	codec_u32(c, &d->watermark_boost_factor);
	codec_flag(c, &d->has_watermark_scale_factor);
	codec_u32(c, &d->watermark_scale_factor);
	codec_flag(c, &d->has_lowmem_reserve_ratio);
	for (uint32_t i = 0; i < MAX_NR_ZONES; i++)
		codec_u32(c, &d->lowmem_reserve_ratio[i]);
	codec_u32(c, &d->node_reclaim_mode);
	codec_u32(c, &d->node_reclaim_distance);
	codec_flag(c, &d->has_min_unmapped_ratio);
	codec_u32(c, &d->min_unmapped_ratio);
	codec_flag(c, &d->has_dirty_ratio);
	codec_u32(c, &d->dirty_ratio);
	codec_u64(c, &d->dirty_bytes);
	codec_u32(c, &d->highmem_is_dirtyable);
	codec_flag(c, &d->mobility_grouping_disabled);
}

static void codec_zone(struct codec *c, struct zone_description *z)
{
	codec_u32(c, &z->nid);
	z->type = codec_below(c, z->type, MAX_NR_ZONES);
	codec_flag(c, &z->has_watermark);
	for (int i = 0; i < NR_WMARK; i++)
		codec_u32(c, &z->watermark[i]);
	codec_u32(c, &z->watermark_boost);
	z->nr_lowmem_reserve =
		codec_below(c, z->nr_lowmem_reserve, MAX_NR_ZONES + 1);
	for (uint32_t i = 0; i < z->nr_lowmem_reserve; i++)
		codec_u32(c, &z->lowmem_reserve[i]);
	codec_u32(c, &z->nr_reserved_highatomic);
	codec_flag(c, &z->has_free);
	for (int type = 0; z->has_free && type < MIGRATE_TYPES; type++)
		for (int order = 0; order < MAX_ORDER_LIMIT; order++)
			codec_u32(c, &z->free.nr[type][order]);
}

static void codec_description(struct codec *c, struct machine_description *d)
{
	d->arch = (enum machine_arch)codec_below(c, d->arch, ARCH_I386 + 1);
	d->nr_nodes = codec_below(c, d->nr_nodes, MAX_NUMNODES + 1);
	for (uint32_t i = 0; i < d->nr_nodes; i++)
		codec_node(c, &d->node[i]);
	d->nr_cpus = codec_below(c, d->nr_cpus, NR_CPUS + 1);
	codec_flag(c, &d->has_cpu_node);
	for (uint32_t i = 0; d->has_cpu_node && i < d->nr_cpus; i++)
		codec_u32(c, &d->cpu_node[i]);
	codec_flag(c, &d->has_distance);
	for (uint32_t i = 0; d->has_distance && i < d->nr_nodes; i++)
		for (uint32_t j = 0; j < d->nr_nodes; j++)
			codec_u32(c, &d->distance[i][j]);
	codec_u32(c, &d->max_order);
	codec_u32(c, &d->pageblock_order);
	for (uint32_t i = 0; i < MAX_NR_ZONES; i++)
		codec_u32(c, &d->zone_limit[i]);
	codec_choice(c, &d->cma);
	codec_choice(c, &d->numa);
	codec_choice(c, &d->nofragment);
	codec_choice(c, &d->pageblocks_per_zone);
	codec_flag(c, &d->transparent_hugepage);
	codec_sysctls(c, d);
	d->nr_zones = codec_below(c, d->nr_zones, MAX_ZONE_DESCRIPTIONS + 1);
	for (uint32_t i = 0; i < d->nr_zones; i++)
		codec_zone(c, &d->zone[i]);
	d->arena = codec_below(c, d->arena, MAX_PFN_LIMIT + 1);
}

void codec_machine(struct codec *c, struct machine_message *machine)
{
	codec_u32(c, &machine->line);
	codec_flag(c, &machine->poison);
	codec_description(c, machine->description);
}

/* -- requests ------------------------------------------------------------- */

static void codec_param(struct codec *c, struct request *r,
			const struct request_param *param)
{
	char *at = (char *)r + param->offset;
	uint64_t value = (uint64_t)request_param_value(r, param);
	uint32_t word = (uint32_t)value;
	bool flag = value;

	if (param->kind == KIND_flag)
		codec_flag(c, &flag);
	else if (param->size == sizeof(value))
		codec_u64(c, &value);
	else
		codec_u32(c, &word);
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

void codec_request(struct codec *c, struct request_message *r)
{
	struct request *q = &r->request;
	const struct request_type *type;

	codec_u32(c, &r->session);
	codec_u32(c, &r->source);
	codec_u32(c, &q->where.line);
	codec_u32(c, &q->where.statement);
	q->kind = (enum request_kind)codec_below(c, q->kind, NR_REQUEST_KINDS);
	type = &request_types[q->kind];
	for (uint32_t i = 0; i < type->nr_params; i++)
		codec_param(c, q, &type->params[i]);
	if (request_is_alloc(q))
		codec_chars(c, q->name, sizeof(q->name));
	codec_u32(c, &q->pfn);
	q->error =
		(enum machine_error)codec_below(c, q->error, NR_MACHINE_ERROR);
	codec_u32(c, &q->last_step);
}

/* -- notes, the end ------------------------------------------------------- */

void codec_note(struct codec *c, struct note_message *n)
{
	struct note *note = &n->note;
	size_t size = note->size;

	codec_u32(c, &n->session);
	codec_u32(c, &n->source);
	codec_u32(c, &note->where.line);
	note->kind = (enum note_kind)codec_below(c, note->kind, NR_NOTE_KINDS);
	codec_u32(c, &note->step);
	if (c->out) {
		message_put_bytes(c->out, note->text, size);
		return;
	}
	note->text = message_get_bytes(c->in, MESSAGE_TEXT_MAX + 1, &size);
	note->size = (uint32_t)size;
	if (!size || !note_is_valid(note))
		c->in->bad = true;
}

void codec_answer(struct codec *c, struct answer_message *answer)
{
	answer->answer = (enum file_answer)codec_below(c, answer->answer,
						       FILE_UNREADABLE + 1);
	codec_text(c, &answer->why);
	if (c->out)
		message_put_bytes(c->out, answer->text, answer->size);
	else
		answer->text = message_get_bytes(c->in, MESSAGE_ANSWER_MAX,
						 &answer->size);
}

void codec_end(struct codec *c, struct end_message *e)
{
	e->outcome = (enum scenario_outcome)codec_below(c, e->outcome,
							NR_SCENARIO_OUTCOMES);
	e->hit = (enum limit)codec_below(c, e->hit, NR_LIMITS);
	codec_u32(c, &e->nr_failed);
	codec_text(c, &e->message);
}

/* -- the first messages
 * -------------------------------------------------------- */

void codec_report(struct codec *c, struct isolation_report *report)
{
	codec_flag(c, &report->process);
	codec_flag(c, &report->program);
	codec_flag(c, &report->descriptors);
	codec_flag(c, &report->rlimits);
	codec_flag(c, &report->memory);
	codec_flag(c, &report->no_new_privs);
	codec_flag(c, &report->seccomp);
	codec_flag(c, &report->landlock);
}

static void codec_options(struct codec *c, struct scenario_options *o)
{
	uint8_t isolation = (uint8_t)o->isolation;

	codec_flag(c, &o->record);
	codec_flag(c, &o->graded);
	codec_u64(c, &o->seed);
	codec_u8(c, &isolation);
	o->isolation = isolation == ISOLATION_REQUIRED ? ISOLATION_REQUIRED :
							 ISOLATION_BEST;
	for (int limit = LIMIT_NONE + 1; limit < NR_LIMITS; limit++)
		codec_u64(c, &o->limits[limit]);
}

void codec_job(struct codec *c, struct job_message *job)
{
	codec_options(c, &job->options);
	codec_text(c, &job->path);
	codec_u32(c, &job->nr_params);
	if (c->out)
		message_put_bytes(c->out, job->text, job->text_size);
	else
		job->text = message_get_bytes(c->in, MESSAGE_TEXT_MAX,
					      &job->text_size);
}
