/* SPDX-License-Identifier: GPL-2.0-or-later */
/* The player's states, and the table of keys. */
#include "terminal/keymap.h"
#include "model/player.h"
#include "test.h"
#include "terminal/key_bar.h"

static void test_moving(void)
{
	struct player p;

	player_init(&p, 10);
	CHECK_EQ(p.step, 0);
	CHECK(!p.playing);
	player_goto(&p, 7, 2);
	CHECK_EQ(p.step, 7);
	CHECK_EQ(p.note, 2);
	player_goto(&p, UINT32_MAX, 0);
	CHECK_EQ(p.step, 10);
}

static void test_playing(void)
{
	struct player p;

	player_init(&p, 3);
	CHECK_EQ(player_wait_ms(&p, 0), -1);
	player_toggle(&p, 1000);
	CHECK(p.playing);
	CHECK_EQ(player_wait_ms(&p, 1000), 2000);
	CHECK(!player_tick(&p, 2999));
	CHECK(player_tick(&p, 3000));
	player_advance(&p, 1, 4, 3000);
	CHECK_EQ(p.step, 1);
	CHECK_EQ(p.note, 4);
	CHECK(p.playing && p.moving);
	/* one step however late, and no race afterwards */
	CHECK(player_tick(&p, 9000));
	CHECK(!player_tick(&p, 9001));
	/* another note of the step: nothing moves */
	player_advance(&p, 1, 5, 9001);
	CHECK(!p.moving);
	/* a step by hand stops it */
	player_goto(&p, 0, 0);
	CHECK(!p.playing);
	CHECK(!player_tick(&p, 100000));
	CHECK_EQ(player_wait_ms(&p, 1000), -1);
}

static void test_speed(void)
{
	struct player p;

	player_init(&p, 100);
	player_toggle(&p, 0);
	player_speed(&p, 1, 0);
	CHECK_EQ(player_wait_ms(&p, 0), 1000);
	CHECK_STR(player_speed_name(&p), "1 step/s");
	for (int i = 0; i < 20; i++)
		player_speed(&p, 1, 0);
	CHECK_STR(player_speed_name(&p), "32 steps/s");
	for (int i = 0; i < 20; i++)
		player_speed(&p, -1, 0);
	CHECK_EQ(player_wait_ms(&p, 0), 4000);
}

/* A motion is shorter than the step, and none when steps are quick. */
static void test_motion(void)
{
	struct player p;

	player_init(&p, 100);
	for (unsigned int i = 0; i < NR_SPEEDS; i++) {
		player_set_speed(&p, i);
		player_toggle(&p, 0);
		CHECK(player_motion_ms(&p) < (uint32_t)player_wait_ms(&p, 0));
		player_toggle(&p, 0);
	}
	player_toggle(&p, 0);
	CHECK_EQ(player_motion_ms(&p), 0);
	player_toggle(&p, 0);
	CHECK_EQ(player_motion_ms(&p), 300); /* of a step by hand */
	player_set_speed(&p, 1000);
	CHECK_STR(player_speed_name(&p), "32 steps/s");
	player_set_speed(&p, 2);
	CHECK(player_motion_ms(&p) > 0);
	/* playing moves; a jump is there at once */
	CHECK(!p.moving);
	player_toggle(&p, 0);
	CHECK(player_tick(&p, 1000));
	player_advance(&p, 1, 0, 1000);
	CHECK(p.moving);
	CHECK_EQ(p.moved_ms, 1000);
	player_goto(&p, 2, 0);
	CHECK(!p.moving);
}

static void test_extend(void)
{
	struct player p;

	player_init(&p, 10);
	player_goto(&p, 50, 0);
	CHECK_EQ(p.step, 10);
	player_extend(&p, 20);
	player_goto(&p, 50, 0);
	CHECK_EQ(p.step, 20);
}

static void test_number(void)
{
	struct player p;

	player_init(&p, 100);
	CHECK_EQ(player_take_number(&p, 42), 42);
	player_digit(&p, 1);
	player_digit(&p, 0);
	player_digit(&p, 7);
	CHECK_EQ(player_take_number(&p, 42), 107);
	CHECK_EQ(player_take_number(&p, 42), 42);
	for (int i = 0; i < 30; i++)
		player_digit(&p, 9);
	CHECK_EQ(player_take_number(&p, 42), UINT32_MAX);
}

static void test_keys(void)
{
	CHECK_EQ(keymap_action(KEYCODE_RIGHT), ACTION_step_next);
	CHECK_EQ(keymap_action('l'), ACTION_step_next);
	CHECK_EQ(keymap_action('h'), ACTION_step_back);
	CHECK_EQ(keymap_action(']'), ACTION_request_next);
	CHECK_EQ(keymap_action('['), ACTION_request_back);
	CHECK_EQ(keymap_action(' '), ACTION_play);
	CHECK_EQ(keymap_action('+'), ACTION_faster);
	CHECK_EQ(keymap_action('-'), ACTION_slower);
	CHECK_EQ(keymap_action('g'), ACTION_to_begin);
	CHECK_EQ(keymap_action(KEYCODE_END), ACTION_to_end);
	CHECK_EQ(keymap_action('G'), ACTION_to_step);
	CHECK_EQ(keymap_action('?'), ACTION_help);
	CHECK_EQ(keymap_action('q'), ACTION_quit);
	CHECK_EQ(keymap_action(KEYCODE_ESC), ACTION_cancel);
	CHECK_EQ(keymap_action(12), ACTION_redraw);
	CHECK_EQ(keymap_action(15), ACTION_jump_back);
	CHECK_EQ(keymap_action(KEYCODE_BACKTAB), ACTION_focus_back);
	CHECK_EQ(keymap_action(0x1f600), ACTION_none);
	/* no key is taken twice: each finds the action that it stands at */
	for (int i = 1; i < NR_ACTIONS; i++) {
		CHECK(action_infos[i].help[0]);
		CHECK_EQ(!action_infos[i].name[0], !action_infos[i].keys[0]);
		for (const char *k = action_infos[i].keys; *k; k++)
			if ((k == action_infos[i].keys || k[-1] == ' ') &&
			    (k[1] == ' ' || !k[1]))
				CHECK_EQ(keymap_action((uint32_t)*k), i);
	}
}

/* What the key bar offers does something. */
static void test_bar(void)
{
	CHECK(nr_bar_keys > 20);
	for (unsigned int i = 0; i < nr_bar_keys; i++) {
		CHECK(bar_keys[i].text[0]);
		if (bar_keys[i].state != BAR_prompt)
			CHECK(keymap_action(bar_keys[i].key) != ACTION_none);
	}
	CHECK_STR(bar_keys[0].text, "Enter next");
}

int main(void)
{
	test_moving();
	test_playing();
	test_speed();
	test_motion();
	test_extend();
	test_number();
	test_keys();
	test_bar();
	return test_done();
}
