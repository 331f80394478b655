# SPDX-License-Identifier: GPL-2.0-or-later
#
# layers.pl CMakeLists.txt: check every #include "..." line of engine/,
# scripts/ and tui/ against the layer() lines. Exit 1 if a file includes a
# layer that its own does not use, names a header without its folder, or if
# includes form a cycle.
use strict;
use warnings;

my (%uses, %includes, $wrong);

open my $cmake, '<', $ARGV[0] or die "$ARGV[0]: $!\n";
my $text = do { local $/; <$cmake> };
while ($text =~ /^layer\((\w+) \S+(?:\s+USES ([\w ]+?))?\s+SOURCES/mg) {
	$uses{$1} = [split ' ', $2 // ''];
}

# The layers that @_ may include: itself, and what it uses.
sub reach {
	my ($layer, $seen) = @_;
	return $seen if $seen->{$layer}++;
	reach($_, $seen) for @{ $uses{$layer} or die "no layer $layer\n" };
	return $seen;
}

for my $file (glob 'engine/*/*.[ch] scripts/*/*.[ch] tui/*/*.[ch]') {
	my ($name, $layer) = $file =~ m{^[a-z]+/((\w+)/.*)};
	my $allowed = reach($layer, {});
	open my $in, '<', $file or die "$file: $!\n";
	while (<$in>) {
		next unless /^#include "([^"]+)"/;
		my $header = $1;
		push @{ $includes{$name} }, $header;
		my ($folder) = $header =~ m{^(\w+)/};
		next if $folder && $allowed->{$folder};
		print "$file: $layer may not include $header\n";
		$wrong = 1;
	}
}

# Depth first: a file that is met again while it is open closes a cycle.
my (%done, @open);
sub visit {
	my ($name) = @_;
	for my $i (0 .. $#open) {
		next if $open[$i] ne $name;
		print "include cycle: @open[$i .. $#open]\n";
		$wrong = 1;
		return;
	}
	return if $done{$name};
	push @open, $name;
	visit($_) for @{ $includes{$name} // [] };
	pop @open;
	$done{$name} = 1;
}
visit($_) for sort keys %includes;

printf "layers: %d, files: %d\n", scalar keys %uses, scalar keys %includes;
exit($wrong ? 1 : 0);
