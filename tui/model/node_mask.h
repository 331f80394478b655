/* SPDX-License-Identifier: GPL-2.0-or-later */
/* node_mask: the rules that keep a walk away from a node. */
#ifndef TUI_NODE_MASK_H
#define TUI_NODE_MASK_H

#include "model/view_model.h"

/* A rule that allows some nodes. */
struct node_mask {
	const char *name;
	uint64_t nodes;
	const char *note;
	bool decides; /* in this step, about the zone in focus */
	bool refuses; /* and refuses it */
};

enum { MAX_NODE_MASKS = 4 };

/* The rules for the nodes of the request's walk. Returns how many. */
unsigned int node_masks(const struct view_model *vm, struct node_mask *masks);

#endif
