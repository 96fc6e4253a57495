/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * What the sensor's programs write to the ring: the only contract between kernel and user space.
 *
 * Little-endian, naturally aligned, no padding that is not named. The numbers in the comments are byte offsets from the
 * start of the record. A record is a fixed part by type, then variable sections in the order of their length fields,
 * without gaps. dev.defender.sensor.decode holds the same offsets; a change here is a new EVENT_ABI.
 *
 * Text has no encoding: any byte but NUL (and '/' in a name) can occur.
 *
 * "path section": the names of a path from the leaf to the root of the mount namespace, each ended by NUL. The root
 * itself is the empty section. Up to PATH_DEPTH names and PATH_BYTES bytes; what is missing is on the root's side, and a
 * flag says so. Concurrent renames can mix old and new names, as in /proc/PID/exe.
 */
#ifndef DEFENDER_EVENT_H
#define DEFENDER_EVENT_H

#define EVENT_ABI 1

/* Types 1..63 are the numbers of the protocol's RecordClass and are counted in the ledger. */
enum event_type {
	EVENT_EXEC = 1, /* a successful execve, in the new image */
	EVENT_FORK = 2, /* a new process; a new thread of a process is none and is not counted */
	EVENT_EXIT = 3, /* the last thread of a process ends */
	EVENT_CONNECT = 4, /* TCP, active open begins; the source port can still be 0 */
	EVENT_ACCEPT = 5, /* TCP, a call of accept returned a connection */
	EVENT_LISTEN = 6, /* TCP, a socket starts to listen */
	EVENT_OPEN = 7, /* a file was opened for writing, created, or is on the list of sensitive names */
	EVENT_TASK = 100, /* from the iterator: a process that was there at the start; not counted */
};

enum event_flag {
	FLAG_ARGS_TRUNCATED = 1 << 0, /* more than ARGS_BYTES of arguments */
	FLAG_ARGS_UNREADABLE = 1 << 1,
	FLAG_FILENAME_TRUNCATED = 1 << 2,
	FLAG_PATH_TRUNCATED = 1 << 3, /* EXEC, TASK: path of the executable; OPEN: path of the file */
	FLAG_CWD_TRUNCATED = 1 << 4,
	FLAG_CGROUP_TRUNCATED = 1 << 5,
	FLAG_UPPER_LAYER = 1 << 6, /* the file lies on the writable layer of an overlay */
	FLAG_MEMFD = 1 << 7, /* the file is anonymous memory (memfd_create) */
	FLAG_UNLINKED = 1 << 8, /* the file has no name any more */
	FLAG_KERNEL_THREAD = 1 << 9, /* no executable, no arguments */
	FLAG_COMPAT = 1 << 10, /* a 32-bit system call */
	FLAG_WRITE = 1 << 11, /* OPEN: for writing */
	FLAG_CREATED = 1 << 12, /* OPEN: this call created the file */
	FLAG_SENSITIVE = 1 << 13, /* OPEN: a name of the path is on the list */
	FLAG_RACY = 1 << 14, /* OPEN: refused; the path is the caller's string, not what the kernel resolved */
	FLAG_OTHER_DIRECTORY = 1 << 15, /* OPEN with FLAG_RACY: relative to a directory descriptor, not to cwd */
};

#define COMM_BYTES 16
#define ARGS_BYTES 4096
#define FILENAME_BYTES 1024
#define PATH_BYTES 4096
#define PATH_DEPTH 64
#define CGROUP_DEPTH 24

/* First in every record. Process means thread group; process ids are those of the sensor's pid namespace, 0 = none there;
 * user ids those of the initial one. */
struct event_header {
	__u16 type; /* 0 */
	__u16 abi; /* 2: EVENT_ABI */
	__u32 length; /* 4: of the whole record */
	__u64 time_boot_ns; /* 8: CLOCK_BOOTTIME */
	__u64 cgroup_key; /* 16: hierarchy << 56 | kernfs id (its inode number); 0 = root everywhere; see cgroup.bpf.h */
	__u64 start_boot_ns; /* 24: CLOCK_BOOTTIME at which the process began (not its image) */
	__u64 parent_start_boot_ns; /* 32 */
	__u32 tgid; /* 40: process id */
	__u32 tid; /* 44: the thread that acted */
	__u32 ppid; /* 48: parent's process id */
	__u32 uid; /* 52 */
	__u32 gid; /* 56 */
	__u32 euid; /* 60 */
	__u32 loginuid; /* 64: 4294967295 = unset, or a kernel without audit */
	__u32 row; /* 68: ledger row, 0 = other */
	__u32 flags; /* 72: enum event_flag */
	__u32 reserved; /* 76 */
	__u8 comm[COMM_BYTES]; /* 80: ends at the first NUL */
}; /* 96 */

/* EVENT_EXEC and EVENT_TASK. */
struct exec_event {
	struct event_header header;
	__u64 cap_effective; /* 96: bit n = capability n */
	__u64 cap_permitted; /* 104 */
	__u64 cap_inheritable; /* 112 */
	__u64 exe_inode; /* 120 */
	__u32 exe_device; /* 128: the kernel's dev_t, major << 20 | minor */
	__u32 tty; /* 132: major << 8 | minor; 0 = none */
	__u32 old_tid; /* 136: thread that called execve; 0 where the sensor's pid namespace is not the initial one */
	__u16 args_length; /* 140: arguments, each ended by NUL (the last one need not be when truncated) */
	__u16 filename_length; /* 142: as given to execve, no NUL */
	__u16 exe_length; /* 144: path section */
	__u16 cwd_length; /* 146: path section */
	__u16 cgroup_length; /* 148: path section, from the root of the key's hierarchy */
	__u16 reserved; /* 150 */
}; /* 152: sections */

/* EVENT_FORK: the header is of the process that forked. */
struct fork_event {
	struct event_header header;
	__u64 child_start_boot_ns; /* 96 */
	__u64 child_cgroup_key; /* 104 */
	__u64 child_parent_start_boot_ns; /* 112: differs from the header's process with CLONE_PARENT */
	__u32 child_tgid; /* 120 */
	__u32 child_ppid; /* 124 */
	__u32 child_row; /* 128 */
	__u32 reserved; /* 132 */
	__u8 child_comm[COMM_BYTES]; /* 136 */
}; /* 152 */

struct exit_event {
	struct event_header header;
	__s32 code; /* 96: 0..255 */
	__u32 signal; /* 100: 0 = none */
}; /* 104 */

/* EVENT_CONNECT, EVENT_ACCEPT, EVENT_LISTEN: seen from the process; LISTEN has no remote end. */
struct network_event {
	struct event_header header;
	__u16 family; /* 96: 4 or 6; an IPv4-mapped IPv6 address is 4 */
	__u16 protocol; /* 98: IANA */
	__u16 local_port; /* 100: host order */
	__u16 remote_port; /* 102 */
	__s32 fd; /* 104: ACCEPT: the new descriptor; else -1 */
	__u32 reserved; /* 108 */
	__u8 local[16]; /* 112: network order, IPv4 in the first four bytes */
	__u8 remote[16]; /* 128 */
}; /* 144 */

struct open_event {
	struct event_header header;
	__u64 inode; /* 96 */
	__s32 result; /* 104: descriptor or -errno */
	__u32 open_flags; /* 108: O_* as given; openat2: as the kernel keeps them */
	__u32 mode; /* 112: permission bits as given; openat2: 0 */
	__u32 device; /* 116 */
	__u16 path_length; /* 120: path section; FLAG_RACY: the caller's string, no NUL */
	__u16 cwd_length; /* 122: path section, only with FLAG_RACY */
	__u32 reserved; /* 124 */
}; /* 128: sections */

/*
 * A ring of its own, `containers`: what happens to cgroups that are named as containers are. A hint that lets user space look
 * a container up before its first process runs; a record that finds no room is not sent, and nothing depends on it.
 */
#define CONTAINER_NAME_BYTES 64 /* shortest name of a cgroup that a runtime made for a container */
#define CGROUP_CHANGE_PATH_BYTES 1024

struct cgroup_change {
	__u64 cgroup_key; /* 0 */
	__u32 removed; /* 8: 0 = made, 1 = removed */
	__u32 path_length; /* 12: without NUL */
	__u8 path[CGROUP_CHANGE_PATH_BYTES]; /* 16: from the root of the hierarchy */
}; /* 1040 */

/*
 * The loss ledger: one mapped array of rows, counted by the programs and by user space. A row belongs to one cgroup for
 * the life of the maps. dev.defender.sensor.ring.LedgerMaps holds the same numbers.
 */
#define LEDGER_ROWS 1024 /* row 0: no cgroup but the root, or no row was free */
#define LEDGER_SLOTS 8 /* slot = class - 1 for 1..7; slot 7 = DETECTION, which user space counts */
#define LEDGER_WORDS 16

enum ledger_word {
	WORD_CAPTURED = 0, /* at the hook */
	WORD_FILTERED = 1, /* on purpose, in the kernel */
	WORD_RING_FULL = 2, /* lost: no room in the ring */
	WORD_USER = 8, /* this and the following ones are user space's */
};

struct ledger_row {
	__u64 word[LEDGER_SLOTS][LEDGER_WORDS];
}; /* 1024 */

/* User space's own words, kept in maps so that they outlive a killed sensor together with the counters. */
#define ROW_LABEL_BYTES 64
#define HEAD_WORDS 512
#define INDEX_BULK 65536
#define INDEX_URGENT 4096

#endif
