/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * fault: a library to be loaded before a program (LD_PRELOAD), in which one
 * call of a chosen function fails, or kills the process. For tests.
 *
 *   FAULT_CALL   write fsync rename open close fchmod mkstemp unlink fork
 *                poll read recv send waitpid socketpair posix_spawn
 *                alloc (malloc, calloc, realloc, but for Lua's own memory)
 *                lua_alloc (Lua's own memory) mmap
 *   FAULT_NTH    which of its calls, from 1 on; 0: none
 *   FAULT_ERRNO  what it fails with, a number; default 5, EIO
 *   FAULT_KILL   "before" or "after": kill -9 instead of a failure
 *   FAULT_COUNT  a file for the number of calls, written at the end
 *   FAULT_SHARED a file to count in: then the calls of a program and of its
 *                forks are counted together
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static struct {
	bool armed;
	bool kill_before;
	bool kill_after;
	int error;
	unsigned long nth;
	const char *call;
	atomic_ulong own_nr;
	atomic_ulong *nr; /* own_nr, or in a mapping that forks share */
} fault;

static void die(void)
{
	syscall(SYS_kill, getpid(), SIGKILL);
}

/* Is this the call? Then it may also be the last. */
static bool chosen(const char *call)
{
	if (!fault.armed || strcmp(call, fault.call))
		return false;
	if (atomic_fetch_add(fault.nr, 1) + 1 != fault.nth)
		return false;
	if (fault.kill_before)
		die();
	return true;
}

static bool fails(bool is_chosen)
{
	if (!is_chosen || fault.kill_after)
		return false;
	errno = fault.error;
	return true;
}

static void done(bool is_chosen)
{
	if (is_chosen && fault.kill_after)
		die();
}

/* Where calls are counted. */
static atomic_ulong *counter(const char *path)
{
	void *shared = MAP_FAILED;
	int fd;

	if (!path)
		return &fault.own_nr;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path,
			  O_RDWR | O_CREAT | O_TRUNC, 0666);
	if (fd >= 0 && !ftruncate(fd, sizeof(atomic_ulong)))
		shared = (void *)syscall(SYS_mmap, NULL, sizeof(atomic_ulong),
					 PROT_READ | PROT_WRITE, MAP_SHARED, fd,
					 0);
	syscall(SYS_close, fd);
	if (shared == MAP_FAILED)
		die();
	return shared;
}

__attribute__((constructor)) static void arm(void)
{
	const char *kill = getenv("FAULT_KILL"), *nth = getenv("FAULT_NTH");
	const char *error = getenv("FAULT_ERRNO");

	fault.call = getenv("FAULT_CALL");
	if (!fault.call || !nth)
		return;
	fault.nr = counter(getenv("FAULT_SHARED"));
	fault.nth = strtoul(nth, NULL, 10);
	fault.error = error ? atoi(error) : EIO;
	fault.kill_before = kill && !strcmp(kill, "before");
	fault.kill_after = kill && !strcmp(kill, "after");
	fault.armed = true;
}

__attribute__((destructor)) static void tell(void)
{
	const char *path = getenv("FAULT_COUNT");
	char text[32];
	int fd;

	fault.armed = false;
	if (!path)
		return;
	fd = (int)syscall(SYS_openat, AT_FDCWD, path,
			  O_WRONLY | O_CREAT | O_TRUNC, 0666);
	snprintf(text, sizeof(text), "%lu\n",
		 atomic_load(fault.nr ? fault.nr : &fault.own_nr));
	syscall(SYS_write, fd, text, strlen(text));
	syscall(SYS_close, fd);
}

/* The function behind this one; while it is looked for, NULL. */
#define NEXT(name)                                                             \
	static __typeof__(&name) next;                                         \
	if (!next)                                                             \
	next = (__typeof__(&name))dlsym(RTLD_NEXT, #name)

#define WRAP(type, name, failed, parameters, arguments)                        \
	type name parameters                                                   \
	{                                                                      \
		NEXT(name);                                                    \
		bool is_chosen = chosen(#name);                                \
		type result;                                                   \
                                                                               \
		if (fails(is_chosen))                                          \
			return failed;                                         \
		result = next arguments;                                       \
		done(is_chosen);                                               \
		return result;                                                 \
	}

WRAP(ssize_t, write, -1, (int fd, const void *buf, size_t n), (fd, buf, n))
WRAP(int, fsync, -1, (int fd), (fd))
WRAP(int, rename, -1, (const char *from, const char *to), (from, to))
WRAP(int, close, -1, (int fd), (fd))
WRAP(int, fchmod, -1, (int fd, mode_t mode), (fd, mode))
WRAP(int, mkstemp, -1, (char *pattern), (pattern))
WRAP(int, unlink, -1, (const char *path), (path))
WRAP(pid_t, fork, -1, (void), ())
WRAP(int, poll, -1, (struct pollfd * fds, nfds_t nr, int ms), (fds, nr, ms))
WRAP(ssize_t, read, -1, (int fd, void *buf, size_t n), (fd, buf, n))
WRAP(ssize_t, recv, -1, (int fd, void *buf, size_t n, int flags),
     (fd, buf, n, flags))
WRAP(ssize_t, send, -1, (int fd, const void *buf, size_t n, int flags),
     (fd, buf, n, flags))
WRAP(pid_t, waitpid, -1, (pid_t pid, int *status, int options),
     (pid, status, options))
WRAP(int, socketpair, -1, (int domain, int type, int protocol, int fds[2]),
     (domain, type, protocol, fds))
/* It answers with the error itself. */
WRAP(int, posix_spawn, fault.error,
     (pid_t * pid, const char *path, const posix_spawn_file_actions_t *actions,
      const posix_spawnattr_t *attr, char *const argv[], char *const envp[]),
     (pid, path, actions, attr, argv, envp))

int open(const char *path, int flags, ...)
{
	NEXT(open);
	bool is_chosen = chosen("open");
	va_list args;
	mode_t mode;
	int fd;

	va_start(args, flags);
	mode = flags & O_CREAT ? va_arg(args, mode_t) : 0;
	va_end(args);
	if (fails(is_chosen))
		return -1;
	fd = next(path, flags, mode);
	done(is_chosen);
	return fd;
}

FILE *fopen(const char *path, const char *mode)
{
	NEXT(fopen);

	return fails(chosen("open")) ? NULL : next(path, mode);
}

void *mmap(void *at, size_t size, int protection, int flags, int fd,
	   off_t offset)
{
	if (fails(chosen("mmap")))
		return MAP_FAILED;
	return (void *)syscall(SYS_mmap, at, size, protection, flags, fd,
			       offset);
}

/* -- memory: dlsym() itself asks for some, which comes from here ---------- */

static char pool[65536] __attribute__((aligned(16)));
static size_t pool_used;

static bool in_pool(const void *p)
{
	return (const char *)p >= pool && (const char *)p < pool + sizeof(pool);
}

/* Zeroed; never freed. */
static void *pool_take(size_t size)
{
	void *taken = pool + pool_used;

	pool_used += (size + 31) & ~(size_t)15;
	if (pool_used > sizeof(pool))
		die();
	return taken;
}

static struct {
	void *(*malloc)(size_t size);
	void *(*calloc)(size_t nr, size_t size);
	void *(*realloc)(void *p, size_t size);
	void (*free)(void *p);
	bool looking;
} memory;

/* Are the real functions known? */
static bool memory_known(void)
{
	if (memory.free)
		return true;
	if (memory.looking)
		return false;
	memory.looking = true;
	memory.malloc = (void *(*)(size_t))dlsym(RTLD_NEXT, "malloc");
	memory.calloc = (void *(*)(size_t, size_t))dlsym(RTLD_NEXT, "calloc");
	memory.realloc = (void *(*)(void *, size_t))dlsym(RTLD_NEXT, "realloc");
	memory.free = (void (*)(void *))dlsym(RTLD_NEXT, "free");
	memory.looking = false;
	return true;
}

static bool no_memory(const char *call)
{
	if (!chosen(call) || fault.kill_after)
		return false;
	errno = ENOMEM;
	return true;
}

/* The function that the program gave to Lua to allocate with. */
static void *(*lua_allocator)(void *, void *, size_t, size_t);
static bool in_lua_allocator; /* Lua runs in one thread */

/* Lua's requests for more memory can fail; what they call does not. */
static void *lua_alloc(void *ud, void *p, size_t old, size_t size)
{
	void *block;

	if (size > (p ? old : 0) && no_memory("lua_alloc"))
		return NULL;
	in_lua_allocator = true;
	block = lua_allocator(ud, p, old, size);
	in_lua_allocator = false;
	return block;
}

void *lua_newstate(void *(*allocator)(void *, void *, size_t, size_t), void *ud)
{
	static void *(*next)(void *(*)(void *, void *, size_t, size_t), void *);

	if (!next)
		*(void **)&next = dlsym(RTLD_NEXT, "lua_newstate");
	lua_allocator = allocator;
	return next(lua_alloc, ud);
}

/* Must this allocation, not of Lua's memory, fail? */
static bool no_other_memory(void)
{
	return !in_lua_allocator && no_memory("alloc");
}

void *malloc(size_t size)
{
	if (!memory_known())
		return pool_take(size);
	return no_other_memory() ? NULL : memory.malloc(size);
}

void *calloc(size_t nr, size_t size)
{
	if (!memory_known())
		return pool_take(nr * size);
	return no_other_memory() ? NULL : memory.calloc(nr, size);
}

void *realloc(void *p, size_t size)
{
	void *moved;

	if (!memory_known() || in_pool(p)) {
		moved = malloc(size);
		if (moved && p)
			memcpy(moved, p, size);
		return moved;
	}
	return no_other_memory() ? NULL : memory.realloc(p, size);
}

void free(void *p)
{
	if (p && !in_pool(p) && memory_known())
		memory.free(p);
}
