# SPDX-License-Identifier: GPL-2.0-or-later
#
# mutate_events.pl BUILD [PATTERN]: change each field of each trace() call of
# engine/mm, and leave out each call, one at a time, and expect
# test_event_fields to fail. Prints the changes that it does not notice; the
# exit code is 1 if there are any. PATTERN limits them, as in "pcp_hit".
#
# BUILD is a build folder in which everything is built. The traced allocator is
# compiled once more, in a temporary folder, with all changes in it; the
# environment variable MUTANT chooses the one that takes effect.
use strict;
use warnings;

use File::Basename qw(basename dirname);
use File::Find qw(find);
use File::Temp qw(tempdir);
use JSON::PP qw(decode_json);

my ($build, $pattern) = @ARGV;
die "usage: mutate_events.pl BUILD [PATTERN]\n" if !$build;
my $source = dirname(__FILE__) . "/..";
my $scratch = tempdir(CLEANUP => 1);

sub text_of {
	my ($path) = @_;
	open(my $file, '<', $path) or die "$path: $!\n";
	local $/;
	return scalar <$file>;
}

sub write_text {
	my ($path, $text) = @_;
	open(my $file, '>', $path) or die "$path: $!\n";
	print $file $text;
	close($file) or die "$path: $!\n";
}

# run COMMAND: its output; dies if it fails.
sub run {
	my $output = qx($_[0] 2>&1);
	die "$_[0]\n$output" if $?;
	return $output;
}

# -- what is compiled and linked ---------------------------------------------

# The compiler with its options for a file of engine/mm, by the build.
sub compiler {
	my ($name) = @_;
	for my $entry (@{ decode_json(text_of("$build/compile_commands.json")) }) {
		next if $entry->{file} !~ m{engine/mm/\Q$name\E$};
		my $command = $entry->{command};
		$command =~ s/^\S*ccache //;
		$command =~ s/ -o \S+ -c \S+//;
		return $command =~ s{ }{ -w -I$scratch }r;
	}
	die "$build/compile_commands.json: no engine/mm/$name\n";
}

sub files_below {
	my ($folder, $name) = @_;
	my @files;
	find(sub { push @files, $File::Find::name if /$name/ }, $folder);
	return @files;
}

# The libraries from outside, as far as they are installed.
sub libraries {
	my @packages = grep { system("pkg-config --exists $_") == 0 }
		qw(lua5.4 lua-5.4 ncursesw libcjson libseccomp);
	return run("pkg-config --libs @packages") =~ s/\n//r;
}

# Build the test with the allocator in $scratch/mm.
sub build_test {
	my $compiler;
	for my $path (glob("$source/engine/mm/*.c")) {
		next if text_of($path) !~ /^#define TRACED 1/m;
		my $name = basename($path);
		$compiler = compiler($name);
		run("$compiler -o $scratch/$name.o -c $scratch/mm/$name");
	}
	run("$compiler -o $scratch/test $scratch/mutant.c $scratch/*.o " .
		join(" ", files_below("$build/tests/CMakeFiles/" .
			"test_event_fields.dir", qr/[.]o$/),
		"-Wl,--start-group", files_below($build, qr/^lib.*[.]a$/),
		"-Wl,--end-group", libraries()));
}

# -- what is changed ---------------------------------------------------------

# The fields of each event, as [kind, name].
sub fields {
	write_text("$scratch/events.c", <<'END');
#include "machine/free_account.h"
#include "machine/mmzone.h"
#define EVENT(name, stage, function, text, ...) EVENT name __VA_ARGS__
#define FIELD(kind, field) FIELD kind field
#include "events/events.def"
END
	my (%fields, $event);
	my $text = run("cc -I$source/engine -E -P $scratch/events.c");
	while ($text =~ /\bEVENT (\w+)|\bFIELD (\w+) (\w+)/g) {
		$event = $1 if $1;
		push @{ $fields{$event} }, [$2, $3] if $2;
	}
	return \%fields;
}

my @mutants; # in words; mutant i is the element i - 1
my $fields = fields();

# A trace() call, which can be left out, and after it a change of each field in
# the record that it wrote; all in the lines of the call.
sub with_mutants {
	my ($call, $place) = @_;
	my ($machine, $event) = $call =~ /\(\s*(\w+),\s*(\w+)/
		or die "$place: a call without an event: $call\n";
	my $record = "((struct event_$event *)($machine->recorder.next + " .
		"sizeof(struct event) - " .
		"EVENT_RECORD_SIZE(sizeof(struct event_$event))))";
	push @mutants, "$place: $event is left out";
	my $text = sprintf("do { if (mutant != %d) %s", scalar @mutants, $call);
	for my $field (@{ $fields->{$event} or die "$place: no $event\n" }) {
		my ($kind, $name) = @$field;
		push @mutants, "$place: $event.$name";
		$text .= sprintf(" if (mutant == %d) %s->%s %s;",
			scalar @mutants, $record, $name,
			$kind eq "flag" ? "^= 1" : "+= 1");
	}
	return "$text } while (0);";
}

sub write_mutants {
	mkdir "$scratch/mm" or die "$scratch/mm: $!\n";
	for my $path (glob("$source/engine/mm/*.[ch]")) {
		my ($name, $text) = (basename($path), text_of($path));
		$text =~ s{(\btrace(?:_zone)?(\((?:[^()]++|(?2))*\));)}
			{ with_mutants($1, "$name:" .
				(1 + substr($text, 0, $-[0]) =~ tr/\n//)) }ge;
		write_text("$scratch/mm/$name", "extern int mutant;\n" .
			"#line 1 \"$name\"\n$text");
	}
	write_text("$scratch/mutant.c", <<'END');
#include <stdlib.h>
int mutant;
__attribute__((constructor)) static void choose(void)
{
	mutant = atoi(getenv("MUTANT"));
}
END
}

# -- every change ------------------------------------------------------------

$ENV{ZONEWALK_SOURCE} //= $source;
$ENV{ZONEWALK_RECORDINGS} //= "$build/recordings";
write_mutants();
build_test();
$ENV{MUTANT} = 0;
run("$scratch/test");
# What cannot be noticed, and why.
my %redundant = (
	"check_poison_mem is left out" =>
		"a step has no contents of pages, only the end of the timeline",
);
my ($nr, $survivors) = (0, 0);
for my $i (1 .. @mutants) {
	next if $pattern && $mutants[$i - 1] !~ /$pattern/;
	$nr++;
	$ENV{MUTANT} = $i;
	next if system("$scratch/test >$scratch/output 2>&1") &&
		text_of("$scratch/output") !~ / was not emitted/;
	next if grep { $mutants[$i - 1] =~ /\b$_$/ } keys %redundant;
	$survivors++;
	print "$mutants[$i - 1] survives\n";
}
print "$nr changes, $survivors survive\n";
exit($survivors || !$nr ? 1 : 0);
