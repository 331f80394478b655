/* SPDX-License-Identifier: GPL-2.0-or-later */
/* view_words: a way of looking, as words on the command line. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "model/view_state.h"

enum word {
	WORD_presenter,
	WORD_enlarged,
	WORD_predict,
	WORD_focus,
	WORD_scroll,
	WORD_phase,
	WORD_zoom,
	WORD_frame,
	WORD_choice,
	NR_VIEW_WORDS
};

/* Words that take a number have a limit above 0. */
static const struct {
	const char *name;
	uint32_t limit;
} words[NR_VIEW_WORDS] = {
	[WORD_presenter] = { "presenter", 0 },
	[WORD_enlarged] = { "enlarged", 0 },
	[WORD_predict] = { "predict", 0 },
	[WORD_focus] = { "focus", 100 },
	[WORD_scroll] = { "scroll", 100000 },
	[WORD_phase] = { "phase", NR_PHASES },
	[WORD_zoom] = { "zoom", 32 },
	[WORD_frame] = { "frame", UINT32_MAX },
	[WORD_choice] = { "choice", 100 },
};

static void set_word(struct view_state *v, enum word word, uint32_t value)
{
	switch (word) {
	case WORD_presenter:
		v->presenter = true;
		break;
	case WORD_enlarged:
		v->enlarged = true;
		break;
	case WORD_predict:
		v->predict.on = true;
		break;
	case WORD_focus:
		v->focus = value;
		break;
	case WORD_scroll:
		v->scroll = (int)value;
		break;
	case WORD_phase:
		v->phase = (uint8_t)value;
		break;
	case WORD_zoom:
		v->map_zoom = (uint8_t)value;
		break;
	case WORD_frame:
		v->map_has_cursor = true;
		v->map_cursor = value;
		break;
	case WORD_choice:
		v->predict.choice = value;
		break;
	default:
		break;
	}
}

static enum word find_word(const char *name)
{
	int i = 0;

	while (i < NR_VIEW_WORDS && strcmp(words[i].name, name))
		i++;
	return (enum word)i;
}

/* "phase=3", "presenter" */
static bool read_word(struct view_state *v, char *text)
{
	char *equals = strchr(text, '='), *end;
	unsigned long value = 0;
	enum word word;

	if (equals) {
		*equals = '\0';
		if (equals[1] < '0' || equals[1] > '9')
			return false;
		value = strtoul(equals + 1, &end, 10);
		if (*end)
			return false;
	}
	word = find_word(text);
	if (word == NR_VIEW_WORDS || !equals != !words[word].limit ||
	    (equals && value >= words[word].limit))
		return false;
	set_word(v, word, (uint32_t)value);
	return true;
}

/* "source" shows it, "-lists" hides it. */
static bool read_panel(struct view_state *v, const char *text)
{
	bool on = text[0] != '-';
	enum panel_id id = panel_from_name(text + !on);

	if (id == NR_PANEL_IDS)
		return false;
	return view_panel_is_on(v, id) == on || view_toggle_panel(v, id);
}

bool view_from_text(struct view_state *v, const char *text, const char **bad)
{
	while (*text) {
		size_t length = strcspn(text, ",");
		char word[32];

		*bad = text;
		if (length >= sizeof(word))
			return false;
		snprintf(word, sizeof(word), "%.*s", (int)length, text);
		if (!read_panel(v, word) && !read_word(v, word))
			return false;
		text += length + !!text[length];
	}
	return true;
}
