/* SPDX-License-Identifier: Apache-2.0 */
/*
 * The directories on a node that the components share, for containers without a shell.
 *
 *   nodedirs prepare   makes them, with the owner and mode that the components rely on
 *   nodedirs remove    removes them and what is in them, and nothing else
 *   nodedirs wait      sleeps until SIGTERM: the main container of the clean-up
 *
 * NODEDIRS_ROOT is put before each path (tests; a pod that mounts the host elsewhere). Runs as root in a pod that mounts
 * the parents of the directories. Whoever can write below those parents must not be able to lead it elsewhere: every
 * step opens one name relative to the directory opened before it, follows no link and stays on the file system.
 * Exit status: 0 done, 1 one line on stderr says what failed, 2 usage.
 */
#define _GNU_SOURCE
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PUBLISHER 65532
#define MISC 65533
#define SOCKET_GROUP 64100
/* Deeper than anything that our programs make. */
#define DEEPEST 16

struct directory {
    const char *path;
    uid_t user;
    gid_t group;
    mode_t mode;
};

static const struct directory DIRECTORIES[] = {
    {"/run/defender", 0, 0, 0755},
    {"/run/defender/publisher", PUBLISHER, SOCKET_GROUP, 02770},
    {"/run/defender/misc", PUBLISHER, SOCKET_GROUP, 02770},
    {"/var/lib/defender", 0, 0, 0755},
    {"/var/lib/defender/publisher", PUBLISHER, PUBLISHER, 0700},
    {"/var/lib/defender/sensor", 0, 0, 0700},
};

static const char *const REMOVED[] = {"/run/defender", "/var/lib/defender", "/sys/fs/bpf/defender"};

static int failed(const char *what, const char *path) {
    fprintf(stderr, "nodedirs: cannot %s %s: %s\n", what, path, strerror(errno));
    return -1;
}

/* Opens one name in a directory; a link or anything that is no directory is refused. */
static int step(int parent, const char *name) {
    return openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
}

/*
 * Opens the directory that holds the last name of a path and points `last` to that name. The parents are the mounts of
 * the pod's own specification. Returns -1 with errno.
 */
static int parent_of(const char *path, const char **last) {
    const char *root = getenv("NODEDIRS_ROOT");
    int at = open(root != NULL && *root != '\0' ? root : "/", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    while (at >= 0) {
        char name[64];
        const char *end;
        path++;
        end = strchr(path, '/');
        if (end == NULL) {
            *last = path;
            return at;
        }
        if ((size_t)(end - path) >= sizeof name) {
            close(at);
            errno = ENAMETOOLONG;
            return -1;
        }
        memcpy(name, path, end - path);
        name[end - path] = '\0';
        int next = step(at, name);
        int error = errno;
        close(at);
        errno = error;
        at = next;
        path = end;
    }
    return -1;
}

static int prepare_one(const struct directory *wanted) {
    const char *name;
    int parent = parent_of(wanted->path, &name);
    if (parent < 0)
        return failed("open the parent of", wanted->path);
    if (mkdirat(parent, name, 0700) < 0 && errno != EEXIST) {
        failed("make", wanted->path);
        close(parent);
        return -1;
    }
    int made = step(parent, name);
    close(parent);
    if (made < 0)
        return failed("open", wanted->path);
    /* Owner first: a change of owner clears the set-group-id bit. */
    int result = fchown(made, wanted->user, wanted->group) < 0   ? failed("change the owner of", wanted->path)
                 : fchmod(made, wanted->mode) < 0 ? failed("change the mode of", wanted->path)
                                                  : 0;
    close(made);
    return result;
}

/* Removes what is in an open directory, which it closes. Other file systems are left alone and are an error. */
static int empty(int fd, dev_t device, int depth, const char *path) {
    DIR *directory = fdopendir(fd);
    struct dirent *entry;
    int result = 0;
    if (directory == NULL) {
        failed("read", path);
        close(fd);
        return -1;
    }
    while (errno = 0, (entry = readdir(directory)) != NULL) {
        struct stat stat;
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (fstatat(fd, name, &stat, AT_SYMLINK_NOFOLLOW) < 0) {
            if (errno != ENOENT)
                result = failed("look at a file in", path);
            continue;
        }
        if (stat.st_dev != device || depth == DEEPEST) {
            errno = stat.st_dev != device ? EXDEV : ELOOP;
            result = failed("clear", path);
            continue;
        }
        if (S_ISDIR(stat.st_mode)) {
            int below = step(fd, name);
            if (below < 0) {
                result = failed("open a directory in", path);
                continue;
            }
            if (empty(below, device, depth + 1, path) < 0)
                result = -1;
        }
        if (unlinkat(fd, name, S_ISDIR(stat.st_mode) ? AT_REMOVEDIR : 0) < 0 && errno != ENOENT)
            result = failed("remove a file in", path);
    }
    if (errno != 0)
        result = failed("read", path);
    closedir(directory);
    return result;
}

static int remove_one(const char *path) {
    const char *name;
    struct stat stat;
    int result;
    int parent = parent_of(path, &name);
    if (parent < 0)
        return errno == ENOENT ? 0 : failed("open the parent of", path);
    int directory = step(parent, name);
    if (directory < 0) {
        result = errno == ENOENT ? 0 : failed("open", path);
    } else if (fstat(directory, &stat) < 0) {
        result = failed("look at", path);
        close(directory);
    } else {
        result = empty(directory, stat.st_dev, 0, path);
        /* Busy: a file system of its own that the node's owner has mounted there. Empty is all that it can be made. */
        if (result == 0 && unlinkat(parent, name, AT_REMOVEDIR) < 0 && errno != ENOENT && errno != EBUSY)
            result = failed("remove", path);
    }
    close(parent);
    return result;
}

static int wait_for_term(void) {
    sigset_t signals;
    int received;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    sigprocmask(SIG_BLOCK, &signals, NULL);
    return sigwait(&signals, &received) == 0 ? 0 : 1;
}

int main(int count, char **arguments) {
    int status = 0;
    const char *verb = count == 2 ? arguments[1] : "";
    if (strcmp(verb, "prepare") == 0) {
        for (size_t i = 0; i < sizeof DIRECTORIES / sizeof *DIRECTORIES && status == 0; i++)
            status = prepare_one(&DIRECTORIES[i]) < 0;
        return status;
    }
    if (strcmp(verb, "remove") == 0) {
        for (size_t i = 0; i < sizeof REMOVED / sizeof *REMOVED; i++)
            status |= remove_one(REMOVED[i]) < 0;
        return status;
    }
    if (strcmp(verb, "wait") == 0)
        return wait_for_term();
    fprintf(stderr, "usage: nodedirs prepare | remove | wait\n");
    return 2;
}
