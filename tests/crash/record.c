/* Writes every change below one folder to a log, in order, with its data. LD_PRELOAD; record.py says what the log looks like.
 *
 * Recording starts when the program calls record_start, and lasts until the process ends. One lock around each call and its
 * line keeps the order. A file is known by its inode, so that a write is told of the right file whatever it is called by now.
 * A sync is told and not done: the power cut is made from the log, and waiting for a real disk proves nothing.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

struct line { char op; char unused[7]; uint64_t inode; int64_t offset; uint32_t first, second; uint64_t data; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char root[PATH_MAX];
static int log_fd = -1;

#define REAL(result, name, ...) \
    static result (*real)(__VA_ARGS__); \
    if (!real) real = (result (*)(__VA_ARGS__))dlsym(RTLD_NEXT, name)

static ssize_t write_real(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return real(fd, data, size);
}

static void write_all(const void *data, size_t size) {
    while (size) {
        ssize_t done = write_real(log_fd, data, size);
        if (done <= 0) abort(); /* half a log would prove nothing */
        data = (const char *)data + done;
        size -= done;
    }
}

static void tell(char op, uint64_t inode, int64_t offset, const char *first, const char *second, const void *data, size_t size) {
    struct line line = {op, {0}, inode, offset, first ? strlen(first) : 0, second ? strlen(second) : 0, size};
    int before = errno;
    write_all(&line, sizeof line);
    write_all(first, line.first);
    write_all(second, line.second);
    write_all(data, size);
    errno = before;
}

static int below(const char *path) {
    size_t size = strlen(root);
    return log_fd >= 0 && strncmp(path, root, size) == 0 && (path[size] == '/' || path[size] == 0);
}

static int place_of_fd(int fd, char *out) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t size = readlink(link, out, PATH_MAX - 1);
    out[size < 0 ? 0 : size] = 0;
    return size > 0;
}

/* The place of a name, with every link in the folders before it followed, and none in the name itself. */
static int place(int folder, const char *path, char *out) {
    char whole[PATH_MAX], real[PATH_MAX];
    if (log_fd < 0) return 0;
    if (path[0] == '/') snprintf(whole, sizeof whole, "%s", path);
    else {
        if (folder == AT_FDCWD ? !getcwd(real, sizeof real) : !place_of_fd(folder, real)) return 0;
        if (snprintf(whole, sizeof whole, "%s/%s", real, path) >= (int)sizeof whole) return 0;
    }
    char *name = strrchr(whole, '/');
    *name = 0;
    if (!realpath(name == whole ? "/" : whole, real)) return 0;
    return snprintf(out, PATH_MAX, "%s/%s", real, name + 1) < PATH_MAX && below(out);
}

static int is_ours(int fd, struct stat *found) {
    char path[PATH_MAX];
    int before = errno, ours = log_fd >= 0 && place_of_fd(fd, path) && below(path) && fstat(fd, found) == 0;
    errno = before;
    return ours;
}

void record_start(const char *folder, const char *log) {
    REAL(int, "open64", const char *, int, ...);
    int fd = real(log, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    if (fd < 0 || !realpath(folder, root)) abort();
    log_fd = fd;
}

static int open_told(int folder, const char *path, int flags, mode_t mode) {
    REAL(int, "openat64", int, const char *, int, ...);
    char where[PATH_MAX];
    if (!(flags & (O_CREAT | O_TRUNC)) || !place(folder, path, where)) return real(folder, path, flags, mode);
    pthread_mutex_lock(&lock);
    struct stat found;
    int is_new = lstat(where, &found) != 0, fd = real(folder, path, flags, mode);
    if (fd >= 0 && fstat(fd, &found) == 0) {
        if (is_new) tell('C', found.st_ino, 0, where, NULL, NULL, 0);
        else if ((flags & O_TRUNC) && is_ours(fd, &found)) tell('T', found.st_ino, 0, NULL, NULL, NULL, 0);
    }
    pthread_mutex_unlock(&lock);
    return fd;
}

#define MODE(flags) mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }
int open(const char *path, int flags, ...) { MODE(flags) return open_told(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE(flags) return open_told(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE(flags) return open_told(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE(flags) return open_told(folder, path, flags, mode); }

/* `call` is one that changes an open file; `told` says of it what is in the log when it went well. */
#define ON_FILE(type, call, told) do { \
    struct stat found; \
    if (!is_ours(fd, &found)) return call; \
    pthread_mutex_lock(&lock); \
    type done = call; \
    if (done >= 0) { told; } \
    pthread_mutex_unlock(&lock); \
    return done; \
} while (0)

ssize_t write(int fd, const void *data, size_t size) {
    ON_FILE(ssize_t, write_real(fd, data, size),
            tell('W', found.st_ino, lseek64(fd, 0, SEEK_CUR) - done, NULL, NULL, data, done));
}

ssize_t pwrite64(int fd, const void *data, size_t size, off64_t at) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    ON_FILE(ssize_t, real(fd, data, size, at), tell('W', found.st_ino, at, NULL, NULL, data, done));
}

ssize_t writev(int fd, const struct iovec *parts, int count) { /* piece by piece: a short write is allowed */
    return count ? write(fd, parts[0].iov_base, parts[0].iov_len) : 0;
}

int ftruncate64(int fd, off64_t size) {
    REAL(int, "ftruncate64", int, off64_t);
    ON_FILE(int, real(fd, size), tell('T', found.st_ino, size, NULL, NULL, NULL, 0));
}

/* What was copied within the system is read back from where it came, and told as a write. */
static void tell_copied(int target, int source, off64_t from, ssize_t size) {
    struct stat found;
    char *data = malloc(size);
    if (fstat(target, &found) != 0 || pread64(source, data, size, from) != size) abort();
    tell('W', found.st_ino, lseek64(target, 0, SEEK_CUR) - size, NULL, NULL, data, size);
    free(data);
}

ssize_t sendfile64(int fd, int source, off64_t *at, size_t size) {
    REAL(ssize_t, "sendfile64", int, int, off64_t *, size_t);
    off64_t from = at ? *at : lseek64(source, 0, SEEK_CUR);
    ON_FILE(ssize_t, real(fd, source, at, size), tell_copied(fd, source, from, done));
}

ssize_t copy_file_range(int source, off64_t *from, int fd, off64_t *to, size_t size, unsigned flags) {
    REAL(ssize_t, "copy_file_range", int, off64_t *, int, off64_t *, size_t, unsigned);
    off64_t begin = from ? *from : lseek64(source, 0, SEEK_CUR);
    if (to && log_fd >= 0) abort(); /* nobody here does so, and the log could not tell it */
    ON_FILE(ssize_t, real(source, from, fd, to, size, flags), tell_copied(fd, source, begin, done));
}

#define SYNC(op) ON_FILE(int, 0, tell(op, found.st_ino, 0, NULL, NULL, NULL, 0))
int fsync(int fd) { SYNC('F'); }
int fdatasync(int fd) { SYNC('F'); }
int syncfs(int fd) { SYNC('S'); }

/* `call` is one that changes names; both places are looked up before it. */
#define ON_NAMES(op, folder1, path1, folder2, path2, call) do { \
    char first[PATH_MAX], second[PATH_MAX] = ""; \
    const char *other = path2; \
    int ours = place(folder1, path1, first) | (other && place(folder2, other, second)); \
    if (!ours) return call; \
    pthread_mutex_lock(&lock); \
    struct stat made = {0}; \
    int done = call; \
    if (done == 0) { \
        if (op == 'M') lstat(first, &made); \
        tell(op, made.st_ino, 0, first, second, NULL, 0); \
    } \
    pthread_mutex_unlock(&lock); \
    return done; \
} while (0)

int renameat2(int from, const char *old, int to, const char *new, unsigned flags) {
    REAL(int, "renameat2", int, const char *, int, const char *, unsigned);
    if ((flags & RENAME_EXCHANGE) && log_fd >= 0) abort(); /* as above */
    ON_NAMES('R', from, old, to, new, real(from, old, to, new, flags));
}
int renameat(int from, const char *old, int to, const char *new) { return renameat2(from, old, to, new, 0); }
int rename(const char *old, const char *new) { return renameat2(AT_FDCWD, old, AT_FDCWD, new, 0); }

int linkat(int from, const char *old, int to, const char *new, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    ON_NAMES('L', from, old, to, new, real(from, old, to, new, flags));
}
int link(const char *old, const char *new) { return linkat(AT_FDCWD, old, AT_FDCWD, new, 0); }

int unlinkat(int folder, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    ON_NAMES('U', folder, path, 0, NULL, real(folder, path, flags));
}
int unlink(const char *path) { return unlinkat(AT_FDCWD, path, 0); }
int rmdir(const char *path) { return unlinkat(AT_FDCWD, path, AT_REMOVEDIR); }

int mkdirat(int folder, const char *path, mode_t mode) {
    REAL(int, "mkdirat", int, const char *, mode_t);
    ON_NAMES('M', folder, path, 0, NULL, real(folder, path, mode));
}
int mkdir(const char *path, mode_t mode) { return mkdirat(AT_FDCWD, path, mode); }
