/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What a stream of text lets through, however its bytes are cut. */
#include "terminal/text_stream.h"
#include "test.h"

static void check(const char *text, bool ascii, const char *expected)
{
	const size_t size = strlen(text);

	for (size_t cut = 0; cut <= size; cut++) {
		char *got = NULL;
		size_t length;
		FILE *out = open_memstream(&got, &length);
		FILE *stream = text_stream_open(out, ascii);

		fprintf(stream, "%.*s", (int)cut, text);
		fprintf(stream, "%s", text + cut);
		fclose(stream);
		fclose(out);
		CHECK_STR(got, expected);
		free(got);
	}
}

int main(void)
{
	check("one\ntwo", false, "one\ntwo");
	check("漢字 é – 🚀", false, "漢字 é – 🚀");
	check("漢字 é –", true, "?? e -");
	/* nothing that a terminal would act on */
	check("\033[31m\r\ta\x7f\xc2\x85", false, "�[31m� a��");
	check("\033\xc2\x85", true, "??");
	/* bytes that are not UTF-8, at the end too */
	check("a\xff\xe6\xbc", false, "a���");
	check("\xe6\xbc\n", false, "��\n");
	return test_done();
}
