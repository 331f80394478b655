/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * player: the current step, and the speed of playing. Numbers only: it knows
 * no session and no terminal, and the caller passes the time.
 */
#ifndef TUI_PLAYER_H
#define TUI_PLAYER_H

#include <stdbool.h>
#include <stdint.h>

struct player {
	uint32_t step; /* 0 to nr_steps */
	uint32_t note; /* of the place: model/guide.h */
	uint32_t nr_steps;
	bool playing;
	unsigned int speed; /* index into the speeds */
	uint64_t next_ms; /* when the next step is due, while playing */
	bool moving; /* the motion of the last step is under way */
	uint64_t moved_ms; /* when */
	bool has_number; /* digits were typed and not used yet */
	uint32_t number;
};

/* Paused at step 0. */
void player_init(struct player *p, uint32_t nr_steps);
/* To a place, the step clamped to the end; playing stops. */
void player_goto(struct player *p, uint32_t step, uint32_t note);

/* Show the motion of the step that was just taken. */
void player_animate(struct player *p, uint64_t now_ms);

/* Space: play or pause. */
void player_toggle(struct player *p, uint64_t now_ms);
/* One speed up (+1) or down (-1), as far as they go. */
void player_speed(struct player *p, int change, uint64_t now_ms);
/* "2 steps/s" */
const char *player_speed_name(const struct player *p);
/* Time has passed. True: the next step is due, for player_advance(). */
bool player_tick(struct player *p, uint64_t now_ms);
/* To a place without stopping; the motion begins. */
void player_advance(struct player *p, uint32_t step, uint32_t note,
		    uint64_t now_ms);
/* How long until the next step; -1: for ever. */
int player_wait_ms(const struct player *p, uint64_t now_ms);

/*
 * How long the motion of a step takes; while playing, a part of the time
 * until the next one. 0: too fast to see.
 */
uint32_t player_motion_ms(const struct player *p);
/* There are more steps now. */
void player_extend(struct player *p, uint32_t nr_steps);
enum { NR_SPEEDS = 8 };
/* To a speed, from 0 to NR_SPEEDS - 1. */
void player_set_speed(struct player *p, unsigned int speed);

/* A digit of a number that a later key uses. */
void player_digit(struct player *p, unsigned int digit);
/* The number, which is forgotten; @otherwise when none was typed. */
uint32_t player_take_number(struct player *p, uint32_t otherwise);

#endif
