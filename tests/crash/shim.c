/* Stop a process, or let a call of it fail, at the N-th call that changes something below one folder.

   Loaded with LD_PRELOAD, so every call of Python, of corv by ctypes and of SQLite comes past here, in the one way that they
   have: through libc. shim.py builds this, and tells it by `shim_arm` what must happen; until then everything is passed on.

   Counted are calls on a path, or on an open file, below the folder. At a counted call whose kind is in `mask`:
     KILL   SIGKILL to ourselves before the call        HALF   half of a write, then SIGKILL
     AFTER  the call, then SIGKILL                      FAIL   the call is not made and fails with `code`, this once
     FROM   as FAIL, and every later call whose kind is in `later` too */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { CREATE, READ, WRITE, RENAME, LINK, UNLINK, MKDIR, SYNC, TRUNCATE, MODE, LOCK };
static const char *const NAMES[] = {"create", "read", "write", "rename", "link", "unlink", "mkdir", "sync", "truncate", "mode", "lock"};
enum { PASS, KILL, HALF, AFTER, FAIL, FROM };

static struct { char root[PATH_MAX]; size_t length; unsigned mask, later; int what, code, log; long at; } plan;
static long count;
static void (*hook)(void);
static int inside; /* in `hook`, whose own calls are those of another program */

/* `log`: a descriptor that gets one line a counted call, -1 for none. `before`: called before each counted call, may be null. */
void shim_arm(const char *root, unsigned mask, unsigned later, int what, int code, long at, int log, void (*before)(void)) {
    plan.length = strlen(root);
    memcpy(plan.root, root, plan.length + 1);
    plan.mask = mask, plan.later = later, plan.code = code, plan.at = at, plan.log = log, count = 0, hook = before;
    plan.what = what;
}

long shim_count(void) { return count; }

#define REAL(name) ({ static __typeof__(&name) real; if (!real) real = (__typeof__(&name))dlsym(RTLD_NEXT, #name); real; })

static void die(void) { kill(getpid(), SIGKILL); for (;;) pause(); }

/* Whether the path that `fd` and `path` name lies below the folder; `path` NULL: of the open file itself. */
static int below(int fd, const char *path, char *full) {
    char link[64];
    ssize_t got = 0;
    if (!path || path[0] != '/') {
        if (fd == AT_FDCWD) strcpy(link, "/proc/self/cwd");
        else snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
        if ((got = readlink(link, full, PATH_MAX - 1)) <= 0) return 0;
    }
    full[got] = 0;
    if (path) snprintf(full + got, PATH_MAX - got, got ? "/%s" : "%s", path);
    return !strncmp(full, plan.root, plan.length) && (full[plan.length] == '/' || !full[plan.length]);
}

/* What must happen at this call. */
static int look(int kind, const char *name, int fd, const char *path) {
    char full[PATH_MAX + NAME_MAX + 2];
    int before = errno, what = PASS;
    if (!plan.length || inside || !(plan.mask >> kind & 1 || plan.later >> kind & 1) || !below(fd, path, full)) {
        errno = before;
        return PASS;
    }
    if (hook) inside = 1, hook(), inside = 0;
    int is_point = plan.mask >> kind & 1;
    if (is_point && ++count == plan.at) what = plan.what;
    else if (plan.what == FROM && count >= plan.at && plan.later >> kind & 1) what = FROM;
    if (is_point && plan.log >= 0) dprintf(plan.log, "%s %s %s\n", NAMES[kind], name, full + plan.length);
    errno = before;
    if (what == KILL) die();
    return what;
}

/* The body of a wrapper. `half`: what of the call is done before a stop half way. */
#define CALL(kind, name, fd, path, half, ...) \
    int what = look(kind, #name, fd, path); \
    if (what == FAIL || what == FROM) { errno = plan.code; return -1; } \
    if (what == HALF) { half; die(); } \
    __auto_type result = REAL(name)(__VA_ARGS__); \
    if (what == AFTER) die(); \
    return result

static int kind_of(int flags) { return flags & (O_CREAT | O_TRUNC) ? CREATE : READ; }
#define MODE_OF(flags) \
    mode_t mode = 0; \
    if ((flags & O_CREAT) || (flags & O_TMPFILE) == O_TMPFILE) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open(const char *path, int flags, ...) { MODE_OF(flags) CALL(kind_of(flags), open, AT_FDCWD, path, , path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) CALL(kind_of(flags), open64, AT_FDCWD, path, , path, flags, mode); }
int openat(int fd, const char *path, int flags, ...) { MODE_OF(flags) CALL(kind_of(flags), openat, fd, path, , fd, path, flags, mode); }
int openat64(int fd, const char *path, int flags, ...) { MODE_OF(flags) CALL(kind_of(flags), openat64, fd, path, , fd, path, flags, mode); }

ssize_t write(int fd, const void *data, size_t size) { CALL(WRITE, write, fd, NULL, REAL(write)(fd, data, size / 2), fd, data, size); }
ssize_t pwrite(int fd, const void *data, size_t size, off_t at) { CALL(WRITE, pwrite, fd, NULL, REAL(pwrite)(fd, data, size / 2, at), fd, data, size, at); }
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) { CALL(WRITE, pwrite64, fd, NULL, REAL(pwrite64)(fd, data, size / 2, at), fd, data, size, at); }

ssize_t sendfile64(int, int, off64_t *, size_t);
static size_t half_of(int fd) { struct stat info; return fstat(fd, &info) ? 0 : info.st_size / 2; }
ssize_t sendfile64(int out, int in, off64_t *at, size_t size) { CALL(WRITE, sendfile64, out, NULL, REAL(sendfile64)(out, in, at, half_of(in)), out, in, at, size); }
ssize_t copy_file_range(int in, off64_t *from, int out, off64_t *to, size_t size, unsigned flags) {
    CALL(WRITE, copy_file_range, out, NULL, REAL(copy_file_range)(in, from, out, to, half_of(in), flags), in, from, out, to, size, flags);
}

int rename(const char *old, const char *new) { CALL(RENAME, rename, AT_FDCWD, new, , old, new); }
int renameat(int fd, const char *old, int to, const char *new) { CALL(RENAME, renameat, to, new, , fd, old, to, new); }
int renameat2(int fd, const char *old, int to, const char *new, unsigned flags) { CALL(RENAME, renameat2, to, new, , fd, old, to, new, flags); }
int link(const char *old, const char *new) { CALL(LINK, link, AT_FDCWD, new, , old, new); }
int linkat(int fd, const char *old, int to, const char *new, int flags) { CALL(LINK, linkat, to, new, , fd, old, to, new, flags); }
int symlink(const char *old, const char *new) { CALL(LINK, symlink, AT_FDCWD, new, , old, new); }
int unlink(const char *path) { CALL(UNLINK, unlink, AT_FDCWD, path, , path); }
int unlinkat(int fd, const char *path, int flags) { CALL(UNLINK, unlinkat, fd, path, , fd, path, flags); }
int rmdir(const char *path) { CALL(UNLINK, rmdir, AT_FDCWD, path, , path); }
int mkdir(const char *path, mode_t mode) { CALL(MKDIR, mkdir, AT_FDCWD, path, , path, mode); }
int mkdirat(int fd, const char *path, mode_t mode) { CALL(MKDIR, mkdirat, fd, path, , fd, path, mode); }
int fsync(int fd) { CALL(SYNC, fsync, fd, NULL, , fd); }
int fdatasync(int fd) { CALL(SYNC, fdatasync, fd, NULL, , fd); }
int syncfs(int fd) { CALL(SYNC, syncfs, fd, NULL, , fd); }
int ftruncate(int fd, off_t size) { CALL(TRUNCATE, ftruncate, fd, NULL, , fd, size); }
int ftruncate64(int fd, off64_t size) { CALL(TRUNCATE, ftruncate64, fd, NULL, , fd, size); }
int chmod(const char *path, mode_t mode) { CALL(MODE, chmod, AT_FDCWD, path, , path, mode); }
int fchmod(int fd, mode_t mode) { CALL(MODE, fchmod, fd, NULL, , fd, mode); }
int chown(const char *path, uid_t user, gid_t group) { CALL(MODE, chown, AT_FDCWD, path, , path, user, group); }
int fchown(int fd, uid_t user, gid_t group) { CALL(MODE, fchown, fd, NULL, , fd, user, group); }

/* Asking for a lock may be refused; giving one back, and everything else of fcntl, is passed on. */
static int wants_lock(int command, void *argument) {
    return (command == F_SETLK || command == F_SETLKW) && ((struct flock *)argument)->l_type != F_UNLCK;
}
#define ARGUMENT va_list rest; va_start(rest, command); void *argument = va_arg(rest, void *); va_end(rest);
int fcntl(int fd, int command, ...) {
    ARGUMENT
    if (!wants_lock(command, argument)) return REAL(fcntl)(fd, command, argument);
    CALL(LOCK, fcntl, fd, NULL, , fd, command, argument);
}
int fcntl64(int fd, int command, ...) {
    ARGUMENT
    if (!wants_lock(command, argument)) return REAL(fcntl64)(fd, command, argument);
    CALL(LOCK, fcntl64, fd, NULL, , fd, command, argument);
}
