/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * completion: scripts that complete commands, options and their values in a
 * shell. Commands and options are in the scripts; names that can change, as
 * those of lessons, are printed by `zonewalk doc names KIND`.
 */
#include <string.h>

#include "model/text.h"
#include "reference/reference.h"

/* -- what is completed ------------------------------------------------------ */

/*
 * How the arguments of a command are completed: words for the function
 * `values` of a script, "file", "folder", "none" or kinds of names.
 */
static const char *argument_values(const struct manual_command *command)
{
	static const struct {
		const char *word;
		const char *values;
	} words[] = {
		{ "", "none" },
		{ "[FILE]", "lessons file" },
		{ "FILE", "lessons file" },
		{ "SCENARIO", "lessons file" },
		{ "[TOPIC]", "topics" },
		{ "DIR", "folder" },
	};
	const char *arguments = command->arguments;
	const size_t length = strcspn(arguments, " ");

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i].word) == length &&
		    !strncmp(words[i].word, arguments, length))
			return words[i].values;
	return "file";
}

/* How the value of an option of @command is completed. */
static struct text option_values(const struct manual_option *option,
				 const char *command)
{
	const char *values = option->values ? option->values : "none";

	return text_of("%s%s", *values == '-' ? command : "", values);
}

/* Topics whose argument is completed, and from which names. */
static const struct {
	const char *topic;
	const char *values;
} topic_values[] = {
	{ "gfp", "gfp" },
	{ "man", "pages" },
	{ "completion", "shells" },
};

enum { NR_TOPIC_VALUES = sizeof(topic_values) / sizeof(topic_values[0]) };

/* Print @text with a \ before each of @special, and ' as @quote. */
static void put_escaped(const char *text, const char *special,
			const char *quote, FILE *out)
{
	for (; *text; text++)
		if (*text == '\'')
			fputs(quote, out);
		else
			fprintf(out, strchr(special, *text) ? "\\%c" : "%c",
				*text);
}

/* Print "--seed --quiet -q", the options of the commands in @bits. */
static void put_names(const struct manual *m, unsigned int bits, FILE *out)
{
	for (unsigned int i = 0; i < m->nr_options; i++) {
		const struct manual_option *o = &m->options[i];

		if (!(o->commands & bits))
			continue;
		fprintf(out, "--%s ", o->name);
		if (o->letter)
			fprintf(out, "-%c ", o->letter);
	}
	fputs("--help -h", out);
}

/* -- bash ------------------------------------------------------------------- */

static void bash_options(const struct manual *m, FILE *out)
{
	for (unsigned int i = 0; i < m->nr_options; i++) {
		const struct manual_option *o = &m->options[i];

		if (!*o->argument)
			continue;
		fprintf(out, "\t--%s", o->name);
		if (o->letter)
			fprintf(out, " | -%c", o->letter);
		fprintf(out, ") values=\"%s\" ;;\n",
			option_values(o, "$command").s);
	}
}

static void bash_commands(const struct manual *m, FILE *out)
{
	fputs("\t\"\") values=commands options=\"", out);
	put_names(m, m->early, out);
	fputs(" --version -V\" ;;\n"
	      "\thelp) values=commands options= ;;\n",
	      out);
	for (unsigned int i = 0; i < m->nr_commands; i++) {
		fprintf(out, "\t%s) values=\"%s\" options=\"",
			m->commands[i].name, argument_values(&m->commands[i]));
		put_names(m, 1u << i, out);
		fputs("\" ;;\n", out);
	}
}

static void print_bash(const struct manual *m, FILE *out)
{
	fputs(reference_text("completion.bash"), out);
	fputs("_zonewalk_command()\n{\n\tcase $1 in\n", out);
	bash_commands(m, out);
	fputs("\tesac\n}\n\n_zonewalk_option()\n{\n\tcase $1 in\n", out);
	bash_options(m, out);
	fputs("\t*) return 1 ;;\n\tesac\n}\n\n"
	      "_zonewalk_topic()\n{\n\tcase $1 in\n",
	      out);
	for (int i = 0; i < NR_TOPIC_VALUES; i++)
		fprintf(out, "\t%s) values=%s ;;\n", topic_values[i].topic,
			topic_values[i].values);
	fputs("\t*) values=none ;;\n\tesac\n}\n\n"
	      "complete -F _zonewalk zonewalk\n",
	      out);
}

/* -- zsh -------------------------------------------------------------------- */

static void zsh_text(const char *text, FILE *out)
{
	put_escaped(text, "[]:\\", "'\\''", out);
}

/* '--seed=[seed the ...]:N:_zonewalk_values none' */
static void zsh_option(const struct manual_option *o, const char *command,
		       FILE *out)
{
	fputs("\t\t", out);
	if (o->letter)
		fprintf(out, "'(-%c --%s)'{-%c%s,--%s%s}'", o->letter, o->name,
			o->letter, *o->argument ? "+" : "", o->name,
			*o->argument ? "=" : "");
	else
		fprintf(out, "'--%s%s", o->name, *o->argument ? "=" : "");
	fputc('[', out);
	zsh_text(o->help, out);
	fputc(']', out);
	if (*o->argument) {
		fputc(':', out);
		zsh_text(o->argument, out);
		fprintf(out, ":_zonewalk_values %s",
			option_values(o, command).s);
	}
	fputs("' \\\n", out);
}

static void zsh_options(const struct manual *m, unsigned int bits,
			const char *command, FILE *out)
{
	for (unsigned int i = 0; i < m->nr_options; i++)
		if (m->options[i].commands & bits)
			zsh_option(&m->options[i], command, out);
	fputs("\t\t'(- *)'{-h,--help}'[", out);
	zsh_text(m->general[0].help, out);
	fputs("]' \\\n", out);
}

/* The function for a command's own words. */
static void zsh_commands(const struct manual *m, FILE *out)
{
	fputs("_zonewalk_command()\n{\n\tcase $1 in\n"
	      "\thelp) _arguments '1:COMMAND:_zonewalk_values commands' ;;\n",
	      out);
	for (unsigned int i = 0; i < m->nr_commands; i++) {
		const struct manual_command *c = &m->commands[i];
		const char *values = argument_values(c);

		fprintf(out, "\t%s) _arguments -s \\\n", c->name);
		zsh_options(m, 1u << i, c->name, out);
		if (!strcmp(values, "topics"))
			fputs("\t\t'1:TOPIC:_zonewalk_values topics' "
			      "'2:argument:_zonewalk_topic' ;;\n",
			      out);
		else
			fprintf(out,
				"\t\t'*:argument:_zonewalk_values %s' ;;\n",
				values);
	}
	fputs("\tesac\n}\n\n_zonewalk_topic()\n{\n\tcase $words[2] in\n", out);
	for (int i = 0; i < NR_TOPIC_VALUES; i++)
		fprintf(out, "\t%s) _zonewalk_values %s ;;\n",
			topic_values[i].topic, topic_values[i].values);
	fputs("\tesac\n}\n\n", out);
}

static void print_zsh(const struct manual *m, FILE *out)
{
	fputs("#compdef zonewalk\n", out);
	fputs(reference_text("completion.zsh"), out);
	fputs("_zonewalk_commands=(\n", out);
	for (unsigned int i = 0; i < m->nr_commands; i++) {
		fprintf(out, "\t'%s:", m->commands[i].name);
		zsh_text(m->commands[i].help, out);
		fputs("'\n", out);
	}
	fputs("\t'help:print the help of a command'\n)\n\n", out);
	zsh_commands(m, out);
	fputs("_zonewalk()\n{\n"
	      "\tlocal context curcontext=$curcontext state line\n"
	      "\tlocal _zonewalk_path=$words[1]\n"
	      "\ttypeset -A opt_args\n\n\t_arguments -C \\\n",
	      out);
	zsh_options(m, m->early, "", out);
	fputs("\t\t'(- *)'{-V,--version}'[", out);
	zsh_text(m->general[1].help, out);
	fputs("]' \\\n\t\t'1:command:->command' '*::argument:->argument'\n"
	      "\tcase $state in\n"
	      "\tcommand) _describe command _zonewalk_commands ;;\n"
	      "\targument) _zonewalk_command $words[1] ;;\n\tesac\n}\n\n"
	      "_zonewalk \"$@\"\n",
	      out);
}

/* -- fish ------------------------------------------------------------------- */

static void fish_quoted(const char *text, FILE *out)
{
	fputs(" -d '", out);
	put_escaped(text, "\\", "\\'", out);
	fputs("'\n", out);
}

/* The words for `complete` that complete @values. */
static void fish_values(const char *values, FILE *out)
{
	if (strstr(values, "file"))
		fputs(" -F", out);
	if (!strcmp(values, "folder"))
		fputs(" -a '(__fish_complete_directories)'", out);
	else if (strcmp(values, "none") && strcmp(values, "file"))
		fprintf(out, " -a '(__zonewalk_names %.*s)'",
			(int)strcspn(values, " "), values);
}

static void fish_options(const struct manual *m, unsigned int bits,
			 const char *condition, const char *command, FILE *out)
{
	for (unsigned int i = 0; i < m->nr_options; i++) {
		const struct manual_option *o = &m->options[i];

		if (!(o->commands & bits))
			continue;
		fprintf(out, "complete -c zonewalk -n '%s%s' -l %s", condition,
			command, o->name);
		if (o->letter)
			fprintf(out, " -s %c", o->letter);
		if (*o->argument) {
			const struct text values = option_values(o, command);

			fputs(strcmp(values.s, "file") ? " -x" : " -r", out);
			fish_values(values.s, out);
		}
		fish_quoted(o->help, out);
	}
}

static void print_fish(const struct manual *m, FILE *out)
{
	static const char after[] = "__fish_seen_subcommand_from ";

	fputs(reference_text("completion.fish"), out);
	fish_options(m, m->early, "__fish_use_subcommand", "", out);
	for (unsigned int i = 0; i < m->nr_commands; i++) {
		const struct manual_command *c = &m->commands[i];

		fprintf(out,
			"complete -c zonewalk -n __fish_use_subcommand "
			"-a %s",
			c->name);
		fish_quoted(c->help, out);
		fish_options(m, 1u << i, after, c->name, out);
		if (!strcmp(argument_values(c), "topics"))
			continue;
		fprintf(out, "complete -c zonewalk -n '%s%s'", after, c->name);
		fish_values(argument_values(c), out);
		fputc('\n', out);
	}
	fputs("complete -c zonewalk -n '__zonewalk_after doc'"
	      " -a '(__zonewalk_names topics)'\n",
	      out);
	for (int i = 0; i < NR_TOPIC_VALUES; i++)
		fprintf(out,
			"complete -c zonewalk -n '__zonewalk_after %s'"
			" -a '(__zonewalk_names %s)'\n",
			topic_values[i].topic, topic_values[i].values);
}

const struct completion_shell completion_shells[] = {
	{ "bash", print_bash },
	{ "zsh", print_zsh },
	{ "fish", print_fish },
	{ NULL, NULL },
};
