/*
 * Preloaded behind uml-xstate.so, this makes every host one whose processor has AMX, as ptrace shows it: the extended
 * registers of a process are 11008 octets, and writing less of them fails with EFAULT. What lies beyond this processor's
 * own reads as 0 and is dropped when written. What it cannot play is how long the host takes to copy them.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>
#include <sys/ptrace.h>
#include <sys/uio.h>

#define NT_X86_XSTATE 0x202
#define WHOLE 11008

typedef long (*ptrace_function)(enum __ptrace_request, ...);

long ptrace(enum __ptrace_request request, ...) {
  static ptrace_function next;
  va_list arguments;
  va_start(arguments, request);
  pid_t pid = va_arg(arguments, pid_t);
  void *address = va_arg(arguments, void *);
  void *data = va_arg(arguments, void *);
  va_end(arguments);
  if (next == NULL) next = (ptrace_function)dlsym(RTLD_NEXT, "ptrace");

  if ((uintptr_t)address == NT_X86_XSTATE && request == PTRACE_GETREGSET) {
    struct iovec *asked = data;
    size_t room = asked->iov_len < WHOLE ? asked->iov_len : WHOLE;
    long result = next(request, pid, address, data);
    if (result == 0 && asked->iov_len < room) {
      memset((char *)asked->iov_base + asked->iov_len, 0, room - asked->iov_len);
      asked->iov_len = room;
    }
    return result;
  }
  if ((uintptr_t)address == NT_X86_XSTATE && request == PTRACE_SETREGSET && ((struct iovec *)data)->iov_len < WHOLE) {
    errno = EFAULT;
    return -1;
  }
  return next(request, pid, address, data);
}
