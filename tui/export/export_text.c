/* SPDX-License-Identifier: GPL-2.0-or-later */
/* export_text: screens as text, and what a screen is about in words. */
#include "export/export.h"
#include "session/prediction.h"

bool export_text(struct screenshot *p, const struct places *places, FILE *out)
{
	for (uint32_t i = 0; i < places->nr; i++) {
		if (i)
			putc('\n', out);
		screenshot_draw(p, &places->at[i]);
		canvas_dump(&p->canvas, out);
	}
	return true;
}

struct text screenshot_title(const struct screenshot *p)
{
	return text_of("%.200s, step %u of %u", p->title, p->vm->step,
		       p->vm->nr_steps);
}

void screenshot_event(const struct screenshot *p, char *buf, size_t size)
{
	*buf = '\0';
	if (!p->vm->question) /* the screen shows none beside it, either */
		why_text(p->vm, buf, size);
}

const char *screenshot_caption(const struct screenshot *p)
{
	return p->vm->question ? p->vm->question->ask->text :
	       p->vm->caption  ? p->vm->caption->text :
				 NULL;
}
