/* SPDX-License-Identifier: GPL-2.0-or-later */
/* player: a state machine on numbers. */
#include "model/player.h"

static const struct {
	uint32_t period_ms;
	const char *name;
} speeds[NR_SPEEDS] = {
	{ 4000, "1 step/4 s" }, { 2000, "1 step/2 s" }, { 1000, "1 step/s" },
	{ 500, "2 steps/s" },	{ 250, "4 steps/s" },	{ 125, "8 steps/s" },
	{ 62, "16 steps/s" },	{ 31, "32 steps/s" },
};

enum { SPEED_DEFAULT = 1 };
enum { MOTION_LEAST_MS = 60, MOTION_MOST_MS = 700, MOTION_MANUAL_MS = 300 };

void player_init(struct player *p, uint32_t nr_steps)
{
	*p = (struct player){ .nr_steps = nr_steps, .speed = SPEED_DEFAULT };
}

void player_goto(struct player *p, uint32_t step, uint32_t note)
{
	p->step = step < p->nr_steps ? step : p->nr_steps;
	p->note = note;
	p->playing = false;
	p->moving = false;
}

void player_animate(struct player *p, uint64_t now_ms)
{
	p->moving = true;
	p->moved_ms = now_ms;
}

void player_toggle(struct player *p, uint64_t now_ms)
{
	p->playing = !p->playing;
	p->next_ms = now_ms + speeds[p->speed].period_ms;
}

void player_speed(struct player *p, int change, uint64_t now_ms)
{
	if (change > 0 && p->speed + 1 < NR_SPEEDS)
		p->speed++;
	if (change < 0 && p->speed)
		p->speed--;
	p->next_ms = now_ms + speeds[p->speed].period_ms;
}

const char *player_speed_name(const struct player *p)
{
	return speeds[p->speed].name;
}

bool player_tick(struct player *p, uint64_t now_ms)
{
	if (!p->playing || now_ms < p->next_ms)
		return false;
	/* late by more than a step: do not race to catch up */
	p->next_ms += speeds[p->speed].period_ms;
	if (p->next_ms < now_ms)
		p->next_ms = now_ms + speeds[p->speed].period_ms;
	return true;
}

void player_advance(struct player *p, uint32_t step, uint32_t note,
		    uint64_t now_ms)
{
	p->moving = step != p->step;
	p->moved_ms = now_ms;
	p->step = step;
	p->note = note;
}

int player_wait_ms(const struct player *p, uint64_t now_ms)
{
	if (!p->playing)
		return -1;
	return now_ms >= p->next_ms ? 0 : (int)(p->next_ms - now_ms);
}

void player_digit(struct player *p, unsigned int digit)
{
	uint64_t number = p->has_number ? p->number : 0;

	number = number * 10 + digit;
	p->number = number < UINT32_MAX ? (uint32_t)number : UINT32_MAX;
	p->has_number = true;
}

uint32_t player_take_number(struct player *p, uint32_t otherwise)
{
	uint32_t number = p->has_number ? p->number : otherwise;

	p->has_number = false;
	return number;
}

uint32_t player_motion_ms(const struct player *p)
{
	uint32_t ms = speeds[p->speed].period_ms / 10 * 7;

	if (!p->playing)
		return MOTION_MANUAL_MS;
	if (ms < MOTION_LEAST_MS)
		return 0;
	return ms > MOTION_MOST_MS ? MOTION_MOST_MS : ms;
}

void player_extend(struct player *p, uint32_t nr_steps)
{
	p->nr_steps = nr_steps;
}

void player_set_speed(struct player *p, unsigned int speed)
{
	p->speed = speed < NR_SPEEDS ? speed : NR_SPEEDS - 1;
}
