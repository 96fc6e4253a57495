/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Opens. Of all that succeed, those are reported that write or create a file with contents, and those of a sensitive name;
 * the rest is counted as filtered. Of those that are refused (EACCES, EPERM), the sensitive names; the rest is filtered.
 * Opens that fail otherwise are no events: there was no file.
 *
 * What is reported comes from the file behind the returned descriptor, never from the caller's memory. A refused open has
 * no file: its path is the caller's string as it stands when the call returns, and is marked as racy.
 */
#ifndef DEFENDER_FILE_BPF_H
#define DEFENDER_FILE_BPF_H

#define EPERM 1
#define EACCES 13
#define AT_FDCWD (-100)
#define O_WRONLY 01
#define O_CREAT 0100
#define O_TRUNC 01000
#define FMODE_WRITE 0x2
#define FMODE_CREATED 0x100000
#define SENSITIVE_BYTES 32
#define TAIL_BYTES 64

enum sensitive_use { SENSITIVE_NAME = 1, SENSITIVE_DIRECTORY = 2 };

struct sensitive_name {
	u8 bytes[SENSITIVE_BYTES]; /* padded with NUL */
};

/* Filled by user space. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 256);
	__type(key, struct sensitive_name);
	__type(value, u32);
} sensitive_names SEC(".maps");

/* Bit n: some name in the map has n bytes. */
const volatile u64 sensitive_lengths = 0;

/* What the caller asked for, as far as registers tell. */
struct open_call {
	u64 path; /* address in user space */
	int directory;
	u32 flags; /* 0: not known */
	u32 mode;
	bool compat;
};

static __always_inline bool length_is_listed(u32 length)
{
	return length < SENSITIVE_BYTES && (sensitive_lengths >> length & 1);
}

/* The compiler knows that length_is_listed bounds it; the verifier has to see so. */
static __always_inline u64 bounded(u64 length)
{
	asm volatile("%0 &= %1" : "+r"(length) : "i"(SENSITIVE_BYTES - 1));
	return length;
}

static __always_inline bool is_sensitive(struct dentry_link *link, enum sensitive_use use)
{
	struct sensitive_name name = {};
	u32 *uses;

	if (!length_is_listed(link->length))
		return false;
	bpf_probe_read_kernel(name.bytes, bounded(link->length), link->name);
	uses = bpf_map_lookup_elem(&sensitive_names, &name);
	return uses && (*uses & use);
}

/* File systems whose files are the kernel's own state: writing there is no change to the host's files. */
static __always_inline bool is_kernel_state(u64 magic)
{
	switch (magic) {
	case 0x9fa0: /* proc */
	case 0x62656572: /* sysfs */
	case 0x27e0eb: /* cgroup */
	case 0x63677270: /* cgroup2 */
	case 0x64626720: /* debugfs */
	case 0x74726163: /* tracefs */
	case 0x73636673: /* securityfs */
	case 0x1cd1: /* devpts */
		return true;
	default:
		return false;
	}
}

static __always_inline bool has_contents(struct inode *inode)
{
	u32 kind = BPF_CORE_READ(inode, i_mode) & S_IFMT;

	if (kind == S_IFBLK)
		return true;
	return kind == S_IFREG && !is_kernel_state(BPF_CORE_READ(inode, i_sb, s_magic));
}

static __always_inline void clear_open(struct open_event *event)
{
	__builtin_memset((void *)event + sizeof(event->header), 0, sizeof(*event) - sizeof(event->header));
}

static __always_inline void report_open(struct file *file, struct open_call *call, struct subject *subject, u32 flags,
					int fd)
{
	struct scratch *scratch = scratch_for(SCRATCH_OPEN);
	struct open_event *event = (void *)scratch;
	struct dentry *dentry = BPF_CORE_READ(file, f_path.dentry);
	struct inode *inode = BPF_CORE_READ(file, f_inode);
	u32 at = sizeof(*event), end;

	if (!scratch)
		return;
	count(subject->row, EVENT_OPEN, WORD_CAPTURED);
	fill_header(&event->header, EVENT_OPEN, 0, subject);
	clear_open(event);
	event->header.flags = flags | file_flags(inode, dentry) | (call->compat ? FLAG_COMPAT : 0);
	event->inode = BPF_CORE_READ(inode, i_ino);
	event->device = BPF_CORE_READ(inode, i_sb, s_dev);
	event->result = fd;
	event->open_flags = call->flags ? call->flags : BPF_CORE_READ(file, f_flags);
	event->mode = call->mode & 07777;
	end = section_end(&event->header,
			  append_path(SCRATCH_OPEN, (u64)dentry, (u64)BPF_CORE_READ(file, f_path.mnt), at),
			  FLAG_PATH_TRUNCATED);
	event->path_length = end - at;
	event->header.length = end;
	send(event, end, subject->row, EVENT_OPEN);
}

/* What is to be said of an open file, as flags; 0 = nothing, it is a plain open. */
static __always_inline u32 judge(struct file *file)
{
	u32 mode = BPF_CORE_READ(file, f_mode), flags = 0;
	struct dentry_link link, directory;

	read_link(&link, BPF_CORE_READ(file, f_path.dentry));
	read_link(&directory, link.parent);
	if (mode & FMODE_WRITE)
		flags |= FLAG_WRITE;
	if (mode & FMODE_CREATED)
		flags |= FLAG_CREATED;
	if (is_sensitive(&link, SENSITIVE_NAME) || is_sensitive(&directory, SENSITIVE_DIRECTORY))
		return flags | FLAG_SENSITIVE;
	return flags && has_contents(BPF_CORE_READ(file, f_inode)) ? flags : 0;
}

/* The name at [from, to) of the buffer, looked up. Positions are masked, so that the verifier can follow. */
static __always_inline bool is_listed(struct scratch *scratch, u32 from, u32 to, enum sensitive_use use)
{
	struct sensitive_name name = {};
	u32 length = to - from, *uses;

	if (to <= from || !length_is_listed(length))
		return false;
	bpf_probe_read_kernel(name.bytes, bounded(length), &scratch->bytes[from & RECORD_MASK]);
	uses = bpf_map_lookup_elem(&sensitive_names, &name);
	return uses && (*uses & use);
}

/*
 * Whether the path in the open buffer, up to `end`, ends in a sensitive name or in a name within a sensitive directory.
 * Looks at its last TAIL_BYTES bytes: two names on the list and the slash between them fit.
 */
__noinline int path_is_sensitive(u32 end)
{
	struct scratch *scratch = scratch_for(SCRATCH_OPEN);
	u32 name = sizeof(struct open_event), directory = name, slashes = 0, at, i;

	if (!scratch || end > RECORD_BYTES)
		return 0;
	for (i = 1; i <= TAIL_BYTES; i++) {
		if (end < i + sizeof(struct open_event))
			break;
		at = end - i;
		if (scratch->bytes[at & RECORD_MASK] != '/')
			continue;
		slashes++;
		if (slashes == 1) {
			name = at + 1;
			directory = sizeof(struct open_event);
		} else {
			directory = at + 1;
			break;
		}
	}
	if (is_listed(scratch, name, end, SENSITIVE_NAME))
		return 1;
	return slashes && is_listed(scratch, directory, name - 1, SENSITIVE_DIRECTORY);
}

static __always_inline void refused(struct open_call *call, int error, struct subject *subject)
{
	struct scratch *scratch = scratch_for(SCRATCH_OPEN);
	struct open_event *event = (void *)scratch;
	struct task_struct *task = subject->task;
	struct fs_struct *fs;
	u32 end = sizeof(*event), after;
	u8 first;
	long n;

	if (!scratch)
		return;
	n = bpf_probe_read_user_str(&scratch->bytes[sizeof(*event)], PATH_BYTES, (void *)call->path);
	if (n > 1 && n <= PATH_BYTES)
		end += n - 1;
	if (!path_is_sensitive(end)) {
		count_plain_open(subject->row);
		return;
	}
	count(subject->row, EVENT_OPEN, WORD_CAPTURED);
	fill_header(&event->header, EVENT_OPEN, 0, subject);
	clear_open(event);
	first = scratch->bytes[sizeof(*event)];
	event->header.flags = FLAG_RACY | FLAG_SENSITIVE | (call->compat ? FLAG_COMPAT : 0);
	if (first != '/' && call->directory != AT_FDCWD)
		event->header.flags |= FLAG_OTHER_DIRECTORY;
	event->result = error;
	event->open_flags = call->flags;
	event->mode = call->mode & 07777;
	event->path_length = end - sizeof(*event);
	fs = BPF_CORE_READ(task, fs);
	after = section_end(&event->header,
			    append_path(SCRATCH_OPEN, (u64)BPF_CORE_READ(fs, pwd.dentry),
					(u64)BPF_CORE_READ(fs, pwd.mnt), end),
			    FLAG_CWD_TRUNCATED);
	event->cwd_length = after - end;
	event->header.length = after;
	send(event, after, subject->row, EVENT_OPEN);
}

#endif
