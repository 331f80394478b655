/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * floor: a program that does nothing, for the linker's sake. Each floor is
 * linked into it whole, with only the floors below: a call upwards is an
 * undefined reference.
 */
int main(void)
{
	return 0;
}
