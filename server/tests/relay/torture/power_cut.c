// Preloaded into a relay: keeps beside each file of the store what of it was synced, which is all that a cut of the
// power is sure to leave; and lets the disk be full while a file says so.
//
// POWER_CUT_FOLDER  the data folder
// POWER_CUT_SYNCED  the folder for what was synced, a copy of the store's files at the start
// POWER_CUT_DEAF    if set, syncs are not heard: what a store without them would leave
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILES = 2, RANGES = 1 << 16 };
static const char *const NAMES[FILES] = {"dialogtavle.sqlite", "dialogtavle.sqlite-wal"};
static struct { off_t at; size_t length; } dirty[FILES][RANGES];
static size_t dirty_count[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;

static ssize_t (*real_write)(int, const void *, size_t);
static ssize_t (*real_pwrite)(int, const void *, size_t, off_t);
static int (*real_fsync)(int);
static int (*real_fdatasync)(int);

__attribute__((constructor)) static void find(void) {
    real_write = dlsym(RTLD_NEXT, "write");
    real_pwrite = dlsym(RTLD_NEXT, "pwrite64");
    real_fsync = dlsym(RTLD_NEXT, "fsync");
    real_fdatasync = dlsym(RTLD_NEXT, "fdatasync");
}

// Which file of the store it is; -1 for any other.
static int file_of(int fd) {
    const char *folder = getenv("POWER_CUT_FOLDER");
    char link[64], path[4096], name[4096];
    if (!folder) return -1;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return -1;
    path[length] = 0;
    for (int file = 0; file < FILES; file++) {
        snprintf(name, sizeof name, "%s/%s", folder, NAMES[file]);
        if (!strcmp(path, name)) return file;
    }
    return -1;
}

static int is_full(void) {
    char path[4096];
    snprintf(path, sizeof path, "%s/disk-is-full", getenv("POWER_CUT_FOLDER"));
    return access(path, F_OK) == 0;
}

static void note(int file, off_t at, size_t length) {
    pthread_mutex_lock(&lock);
    // A list that is too long would lose a write: better no proof than a false one.
    if (dirty_count[file] == RANGES) abort();
    dirty[file][dirty_count[file]].at = at;
    dirty[file][dirty_count[file]++].length = length;
    pthread_mutex_unlock(&lock);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t at) {
    int file = file_of(fd);
    if (file >= 0 && is_full()) return errno = ENOSPC, -1;
    ssize_t written = real_pwrite(fd, bytes, length, at);
    if (file >= 0 && written > 0) note(file, at, (size_t)written);
    return written;
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t at) { return pwrite64(fd, bytes, length, at); }

ssize_t write(int fd, const void *bytes, size_t length) {
    int file = file_of(fd);
    if (file >= 0 && is_full()) return errno = ENOSPC, -1;
    off_t at = file >= 0 ? lseek(fd, 0, SEEK_CUR) : 0;
    ssize_t written = real_write(fd, bytes, length);
    if (file >= 0 && written > 0) note(file, at, (size_t)written);
    return written;
}

// Everything written to the file so far is durable.
static void keep(int fd, int file) {
    static char bytes[1 << 16];
    char path[4096];
    struct stat now;
    if (getenv("POWER_CUT_DEAF") || fstat(fd, &now)) return;
    snprintf(path, sizeof path, "%s/%s", getenv("POWER_CUT_SYNCED"), NAMES[file]);
    pthread_mutex_lock(&lock);
    int synced = open(path, O_WRONLY | O_CREAT, 0600);
    if (synced < 0) abort();
    for (size_t one = 0; one < dirty_count[file]; one++) {
        off_t at = dirty[file][one].at, end = at + (off_t)dirty[file][one].length;
        while (at < end) {
            size_t part = end - at < (off_t)sizeof bytes ? (size_t)(end - at) : sizeof bytes;
            ssize_t got = pread(fd, bytes, part, at);
            if (got <= 0) break;
            if (real_pwrite(synced, bytes, (size_t)got, at) != got) abort();
            at += got;
        }
    }
    dirty_count[file] = 0;
    if (ftruncate(synced, now.st_size)) abort();
    close(synced);
    pthread_mutex_unlock(&lock);
}

int fsync(int fd) {
    int file = file_of(fd), result = real_fsync(fd);
    if (file >= 0 && !result) keep(fd, file);
    return result;
}

int fdatasync(int fd) {
    int file = file_of(fd), result = real_fdatasync(fd);
    if (file >= 0 && !result) keep(fd, file);
    return result;
}
