/* Stands between the program and the disk (LD_PRELOAD) for files whose path ends in `log.db`, `keys.db` or the `-wal` of one of them, and for
 * the file of acknowledgements.
 * DAYBOOK_TRACE=path: keeps every write, truncation, sync begun and sync finished in order, with its bytes, so that a test can build what a
 * disk could hold after a power cut at any moment.
 * DAYBOOK_SYNC_US=n: the disk takes that many microseconds for every sync, in which other threads go on.
 * Orders come by writing `KIND N` to a file whose name ends in `.order`: the N-th call of that kind from now on fails once.
 * Kinds: write-EIO, write-ENOSPC, write-EINTR, write-short, sync-EIO, read-EIO, sync-stays (fails from the N-th on), none. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { NOTHING = 0, DB = 1, WAL = 2, ACKS = 3, ORDER = 4, KEYS = 5, KEYS_WAL = 6 };
enum { FD_MAX = 4096 };

static unsigned char kinds[FD_MAX];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static int trace = -1;
static char order[32] = "none";
static long countdown = 0;
static useconds_t sync_us = 0;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static ssize_t (*real_read)(int, void *, size_t);
static ssize_t (*real_pread)(int, void *, size_t, off_t);
static int (*real_open)(const char *, int, ...);
static int (*real_close)(int);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);
static int (*real_ftruncate)(int, off_t);

__attribute__((constructor)) static void load(void) {
  real_write = dlsym(RTLD_NEXT, "write");
  real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
  real_read = dlsym(RTLD_NEXT, "read");
  real_pread = dlsym(RTLD_NEXT, "pread64");
  real_open = dlsym(RTLD_NEXT, "open64");
  real_close = dlsym(RTLD_NEXT, "close");
  real_fsync = dlsym(RTLD_NEXT, "fsync");
  real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
  real_ftruncate = dlsym(RTLD_NEXT, "ftruncate64");
  const char *us = getenv("DAYBOOK_SYNC_US");
  if (us) sync_us = (useconds_t)atol(us);
  const char *path = getenv("DAYBOOK_TRACE");
  if (path) trace = real_open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND | O_CLOEXEC, 0600);
}

static int ends(const char *path, const char *end) {
  size_t a = strlen(path), b = strlen(end);
  return a >= b && strcmp(path + a - b, end) == 0;
}

static int kind_of(const char *path) {
  if (ends(path, "log.db")) return DB;
  if (ends(path, "log.db-wal")) return WAL;
  if (ends(path, "keys.db")) return KEYS;
  if (ends(path, "keys.db-wal")) return KEYS_WAL;
  if (ends(path, ".acks")) return ACKS;
  if (ends(path, ".order")) return ORDER;
  return NOTHING;
}

static int kind(int fd) { return fd >= 0 && fd < FD_MAX ? kinds[fd] : NOTHING; }
static int on_disk(int fd) { int k = kind(fd); return k == DB || k == WAL || k == KEYS || k == KEYS_WAL; }

/* A record: kind of call, file, offset, length, bytes. Little-endian, 18 bytes before the bytes. */
static void keep(char call, int file, int64_t offset, const void *bytes, uint64_t length) {
  if (trace < 0) return;
  unsigned char head[18];
  head[0] = (unsigned char)call;
  head[1] = (unsigned char)file;
  memcpy(head + 2, &offset, 8);
  memcpy(head + 10, &length, 8);
  if (real_write(trace, head, sizeof head) != sizeof head) abort();
  if (bytes && length && real_write(trace, bytes, length) != (ssize_t)length) abort();
}

/* Answers the failure that is due now for a call of this class, or NULL. */
static const char *due(const char *class) {
  if (strncmp(order, class, strlen(class)) != 0) return NULL;
  int stays = ends(order, "stays");
  if (countdown > 0) countdown--;
  if (countdown != 0) return NULL;
  const char *how = order + strlen(class) + 1;
  if (!stays) countdown = -1;
  return how;
}

static void obey(const void *bytes, size_t length) {
  char text[64] = {0};
  memcpy(text, bytes, length < sizeof text - 1 ? length : sizeof text - 1);
  countdown = -1;
  if (sscanf(text, "%31s %ld", order, &countdown) < 1) strcpy(order, "none");
}

static int error_named(const char *how) {
  if (strcmp(how, "ENOSPC") == 0) return ENOSPC;
  if (strcmp(how, "EINTR") == 0) return EINTR;
  return EIO;
}

static ssize_t put(int fd, const void *bytes, size_t length, off_t offset, int positioned) {
  if (kind(fd) == NOTHING) return positioned ? real_pwrite(fd, bytes, length, offset) : real_write(fd, bytes, length);
  pthread_mutex_lock(&lock);
  ssize_t written;
  int failure = 0;
  if (kind(fd) == ORDER) obey(bytes, length);
  const char *how = on_disk(fd) ? due("write") : NULL;
  if (how && strcmp(how, "short") == 0 && length > 1) length = length / 2;
  else if (how && strcmp(how, "short") != 0) failure = error_named(how);
  off_t at = positioned ? offset : lseek(fd, 0, SEEK_CUR);
  if (failure) {
    written = -1;
  } else {
    written = positioned ? real_pwrite(fd, bytes, length, offset) : real_write(fd, bytes, length);
    if (written < 0) failure = errno;
    if (written > 0 && (on_disk(fd) || kind(fd) == ACKS)) keep('w', kind(fd), at, bytes, (uint64_t)written);
  }
  pthread_mutex_unlock(&lock);
  if (failure) errno = failure;
  return written;
}

ssize_t write(int fd, const void *bytes, size_t length) { return put(fd, bytes, length, 0, 0); }
ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset) { return put(fd, bytes, length, offset, 1); }
ssize_t pwrite64(int fd, const void *bytes, size_t length, off64_t offset) { return put(fd, bytes, length, offset, 1); }

static int refuse_read(int fd) {
  if (!on_disk(fd)) return 0;
  pthread_mutex_lock(&lock);
  const char *how = due("read");
  pthread_mutex_unlock(&lock);
  if (!how) return 0;
  errno = error_named(how);
  return 1;
}

ssize_t read(int fd, void *bytes, size_t length) { return refuse_read(fd) ? -1 : real_read(fd, bytes, length); }
ssize_t pread(int fd, void *bytes, size_t length, off_t offset) { return refuse_read(fd) ? -1 : real_pread(fd, bytes, length, offset); }
ssize_t pread64(int fd, void *bytes, size_t length, off64_t offset) { return refuse_read(fd) ? -1 : real_pread(fd, bytes, length, offset); }

/* A sync promises what was written before it began. Beginning and end have the same number in the trace. */
static int settle(int fd, int (*real)(int)) {
  static int64_t syncs = 0;
  if (!on_disk(fd)) return real(fd);
  pthread_mutex_lock(&lock);
  int64_t number = ++syncs;
  keep('b', kind(fd), number, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (sync_us) usleep(sync_us);
  pthread_mutex_lock(&lock);
  const char *how = due("sync");
  int result = how ? -1 : real(fd);
  int failure = how ? EIO : errno;
  if (result == 0) keep('s', kind(fd), number, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (result != 0) errno = failure;
  return result;
}

int fsync(int fd) { return settle(fd, real_fsync); }
int fdatasync(int fd) { return settle(fd, real_fdatasync); }

static int cut(int fd, off_t length) {
  if (!on_disk(fd)) return real_ftruncate(fd, length);
  pthread_mutex_lock(&lock);
  int result = real_ftruncate(fd, length);
  int failure = errno;
  if (result == 0) keep('t', kind(fd), length, NULL, 0);
  pthread_mutex_unlock(&lock);
  if (result != 0) errno = failure;
  return result;
}

int ftruncate(int fd, off_t length) { return cut(fd, length); }
int ftruncate64(int fd, off64_t length) { return cut(fd, length); }

static int note(int fd, const char *path) {
  if (fd >= 0 && fd < FD_MAX) kinds[fd] = (unsigned char)kind_of(path);
  return fd;
}

int open(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return note(real_open(path, flags, mode), path);
}

int open64(const char *path, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = va_arg(rest, mode_t);
  va_end(rest);
  return note(real_open(path, flags, mode), path);
}

int close(int fd) {
  if (fd >= 0 && fd < FD_MAX) kinds[fd] = NOTHING;
  return real_close(fd);
}
