/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * model_machine: random small machines, and the random numbers for them.
 * The same seed makes the same machine.
 */
#ifndef TESTS_MODEL_MACHINE_H
#define TESTS_MODEL_MACHINE_H

#include "machine/mmzone.h"

struct rng {
	uint64_t state;
};

uint64_t rng_next(struct rng *rng);
/* 0 to @below - 1; 0 when @below is 0. */
uint32_t rng_below(struct rng *rng, uint32_t below);
/* True @percent times in a hundred. */
bool rng_chance(struct rng *rng, uint32_t percent);

/*
 * A machine of one to four nodes and one to four cpus whose marks, reserves,
 * thresholds and per-cpu sizes were drawn at random. False when the
 * description drawn was none that can be built: draw again.
 */
bool random_machine(struct machine *m, struct rng *rng);
/* A description of it in one line. */
void machine_text(const struct machine *m, char *text, size_t size);

#endif
