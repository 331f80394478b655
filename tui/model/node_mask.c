/* SPDX-License-Identifier: GPL-2.0-or-later */
/* node_mask: nodemask, cpuset and locality, as the request's events say. */
#include "model/node_mask.h"

static bool skipped_by(const struct view_model *vm, enum skip_reason reason)
{
	const struct event_zone_skip *e = event_get(vm->event, zone_skip);

	return e && e->reason == (uint32_t)reason;
}

/* The task's mems_allowed, and the ancestor's where that decides. */
static unsigned int cpuset_masks(const struct view_model *vm,
				 struct node_mask *masks)
{
	const struct task *task = &vm->m->system->task;
	const struct event_cpuset_check *e = event_get(vm->event, cpuset_check);
	bool checked = vm->alloc_flags & ALLOC_CPUSET;
	bool skipped = skipped_by(vm, SKIP_cpuset);
	bool ancestor =
		e && (e->rule == CPUSET_ancestor || e->rule == CPUSET_outside);
	const char *note = !checked ? TEXT_nodes_is_nodemask :
			   e	    ? enum_text(KIND_cpuset_rule, e->rule) :
				      TEXT_nodes_per_zone;

	masks[0] = (struct node_mask){ "mems_allowed", task->mems_allowed,
				       ancestor ? "" : note,
				       (e && !ancestor) || skipped,
				       e ? !e->ok : skipped };
	if (ancestor)
		masks[1] = (struct node_mask){ TEXT_nodes_ancestor,
					       task->hardwall_mems, note, true,
					       !e->ok };
	return 1 + ancestor;
}

unsigned int node_masks(const struct view_model *vm, struct node_mask *masks)
{
	const struct event_prepare_alloc_pages *p = vm->prepared;
	const struct event_nofragment_retry *retry =
		event_get(vm->event, nofragment_retry);
	bool skipped = skipped_by(vm, SKIP_nodemask);
	bool remote = retry && retry->reason == RETRY_locality;
	unsigned int nr = 0;

	if (p->has_nodemask)
		masks[nr++] =
			(struct node_mask){ "nodemask", p->nodemask,
					    vm->requested->has_nodemask ?
						    TEXT_nodes_from_caller :
						    TEXT_nodes_from_cpuset,
					    skipped, skipped };
	if (vm->m->system->cpusets)
		nr += cpuset_masks(vm, &masks[nr]);
	if ((vm->alloc_flags & ALLOC_NOFRAGMENT) &&
	    vm->m->system->nr_online_nodes > 1)
		masks[nr++] = (struct node_mask){ TEXT_walk_check_locality,
						  1ull << p->preferred_nid,
						  TEXT_nodes_locality, remote,
						  remote };
	return nr;
}
