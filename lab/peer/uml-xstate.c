/*
 * Preloaded into linux.uml by `run`, so that the guest boots on processors of every size.
 *
 * User-mode Linux switches between its processes by reading and writing their extended registers (x87, SSE, AVX, ...)
 * with PTRACE_GETREGSET and PTRACE_SETREGSET. Version 6.1 has room for 2696 octets of them. A host whose processor has
 * more, as those with AMX do since Sapphire Rapids (11008 octets), refuses to write less than the whole with EFAULT, and
 * the guest's kernel panics at its first process.
 *
 * So the whole is asked for here, whatever its size is, and the guest gets what it has room for. When it writes, the rest
 * is filled up as the processor has it after its start. That loses what a process of the guest had put there; nothing in
 * Debian 12 does. The host's own answer decides whether this is needed: where its state fits, a call is handed on as it
 * came.
 *
 *   gcc -O2 -shared -fPIC -o uml-xstate.so uml-xstate.c && LD_PRELOAD=./uml-xstate.so linux.uml ...
 */
#define _GNU_SOURCE
#include <cpuid.h>
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define NT_X86_XSTATE 0x202

/* Intel SDM volume 1, chapter 13: CPUID leaf 0xD tells of each component, and XSTATE_BV which of them the area holds. */
#define XSTATE_LEAF 0xd
#define FIRST_EXTENDED 2
#define COMPONENTS 63
#define XSTATE_BV 512
#define HEADER_END 576

typedef long (*ptrace_function)(enum __ptrace_request, ...);

static ptrace_function next;

/* The guest's kernel traces with one thread, so one area is enough. */
static unsigned char area[1 << 16];

/* How many octets the host has; 0 before it has been asked. */
static size_t whole;

/* Where each component ends in the area; 0 where the processor has none. */
static size_t end[COMPONENTS];

__attribute__((constructor)) static void prepare(void) {
  next = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");
  for (int i = FIRST_EXTENDED; i < COMPONENTS; i++) {
    unsigned size, offset, c, d;
    if (__get_cpuid_count(XSTATE_LEAF, i, &size, &offset, &c, &d) && offset) end[i] = offset + size;
  }
}

/* Reads the whole into the area. */
static long read_whole(pid_t pid) {
  struct iovec full = {area, sizeof area};
  long result = next(PTRACE_GETREGSET, pid, (void *)(uintptr_t)NT_X86_XSTATE, &full);
  if (result == 0) whole = full.iov_len;
  return result;
}

static long get(pid_t pid, struct iovec *asked) {
  if (whole != 0 && asked->iov_len >= whole)
    return next(PTRACE_GETREGSET, pid, (void *)(uintptr_t)NT_X86_XSTATE, asked);
  long result = read_whole(pid);
  if (result < 0) return result;
  if (asked->iov_len > whole) asked->iov_len = whole;
  memcpy(asked->iov_base, area, asked->iov_len);
  return 0;
}

static long set(pid_t pid, struct iovec *given) {
  if (whole == 0 && read_whole(pid) < 0) return -1;
  if (given->iov_len >= whole || given->iov_len < HEADER_END)
    return next(PTRACE_SETREGSET, pid, (void *)(uintptr_t)NT_X86_XSTATE, given);

  memcpy(area, given->iov_base, given->iov_len);
  memset(area + given->iov_len, 0, whole - given->iov_len);
  /* A component that is not there as a whole has its initial state, which is what a bit of 0 means. */
  uint64_t components;
  memcpy(&components, area + XSTATE_BV, sizeof components);
  for (int i = FIRST_EXTENDED; i < COMPONENTS; i++)
    if (end[i] == 0 || end[i] > given->iov_len) components &= ~(UINT64_C(1) << i);
  memcpy(area + XSTATE_BV, &components, sizeof components);

  struct iovec full = {area, whole};
  return next(PTRACE_SETREGSET, pid, (void *)(uintptr_t)NT_X86_XSTATE, &full);
}

long ptrace(enum __ptrace_request request, ...) {
  va_list arguments;
  va_start(arguments, request);
  pid_t pid = va_arg(arguments, pid_t);
  void *address = va_arg(arguments, void *);
  void *data = va_arg(arguments, void *);
  va_end(arguments);
  if (next == NULL) return errno = ENOSYS, -1;
  if ((uintptr_t)address == NT_X86_XSTATE && request == PTRACE_GETREGSET) return get(pid, data);
  if ((uintptr_t)address == NT_X86_XSTATE && request == PTRACE_SETREGSET) return set(pid, data);
  return next(request, pid, address, data);
}
