/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Paths, read from dentries and kernfs nodes leaf first, and the per-CPU record buffers that they are written to. Global
 * functions on purpose: the verifier checks each once, whatever the number of callers (their arguments are therefore
 * numbers).
 */
#ifndef DEFENDER_PATH_BPF_H
#define DEFENDER_PATH_BPF_H

/* One buffer for each program that needs one: a program never interrupts itself, but one can interrupt another. */
enum scratch_use { SCRATCH_EXEC = 0, SCRATCH_OPEN = 1, SCRATCH_TASK = 2, SCRATCH_USES = 3 };

#define RECORD_MASK 0x3fff
#define RECORD_BYTES (RECORD_MASK + 1)
#define NAME_BYTES 256
#define CGROUP_PATH_BYTES 2048
#define MOUNT_DEPTH 16
/* Returned with the new offset when the path was longer than it may be. */
#define TRUNCATED (1 << 20)

struct scratch {
	/* A full record, and room for one more copy that begins within it. */
	u8 bytes[RECORD_BYTES + ARGS_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, SCRATCH_USES);
	__type(key, u32);
	__type(value, struct scratch);
} scratch_buffers SEC(".maps");

/* What a dentry is called and where it hangs. */
struct dentry_link {
	struct dentry *parent;
	u32 hash;
	u32 length;
	const void *name;
};

/* In each kernel so far the two members are neighbours: one read instead of three. */
static __always_inline void read_link(struct dentry_link *link, struct dentry *dentry)
{
	if (bpf_core_field_offset(dentry->d_name) == bpf_core_field_offset(dentry->d_parent) + sizeof(void *) &&
	    bpf_core_field_size(dentry->d_name) == 2 * sizeof(void *)) {
		if (bpf_probe_read_kernel(link, sizeof(*link), (void *)dentry + bpf_core_field_offset(dentry->d_parent)))
			__builtin_memset(link, 0, sizeof(*link));
		return;
	}
	link->parent = BPF_CORE_READ(dentry, d_parent);
	link->length = BPF_CORE_READ(dentry, d_name.len);
	link->name = BPF_CORE_READ(dentry, d_name.name);
}

static __always_inline struct scratch *scratch_for(u32 use)
{
	return bpf_map_lookup_elem(&scratch_buffers, &use);
}

/* Appends a name and its NUL; returns the new offset, or 0 if it could not be read. */
static __always_inline u32 append_name(struct scratch *scratch, u32 at, const void *name)
{
	long n = bpf_probe_read_kernel_str(&scratch->bytes[at & RECORD_MASK], NAME_BYTES, name);

	return n > 0 ? at + (u32)n : 0;
}

/* Path section of (dentry, vfsmount) at offset `at`; returns the offset after it, with TRUNCATED or without. */
__noinline int append_path(u32 use, u64 dentry_address, u64 vfsmount_address, u32 at)
{
	struct scratch *scratch = scratch_for(use);
	struct dentry *dentry = (void *)dentry_address;
	struct mount *mount = (void *)(vfsmount_address - bpf_core_field_offset(struct mount, mnt));
	struct dentry *root = BPF_CORE_READ(mount, mnt.mnt_root);
	struct dentry_link link;
	struct mount *parent_mount;
	u32 first = at, next;
	int i;

	if (!scratch || !dentry || !vfsmount_address)
		return at;
	for (i = 0; i < PATH_DEPTH + MOUNT_DEPTH; i++) {
		if (dentry == root) {
			parent_mount = BPF_CORE_READ(mount, mnt_parent);
			if (parent_mount == mount)
				return at;
			dentry = BPF_CORE_READ(mount, mnt_mountpoint);
			mount = parent_mount;
			root = BPF_CORE_READ(mount, mnt.mnt_root);
			continue;
		}
		read_link(&link, dentry);
		/* A dentry without a tree, as memfd has it: its own name is all there is. */
		if (link.parent == dentry && at != first)
			return at;
		if (at - first > PATH_BYTES - NAME_BYTES)
			break;
		next = append_name(scratch, at, link.name);
		if (!next)
			break;
		at = next;
		if (link.parent == dentry)
			return at;
		dentry = link.parent;
	}
	return at | TRUNCATED;
}

static __always_inline struct kernfs_node *kernfs_parent(struct kernfs_node *node)
{
	struct kernfs_node___protected *newer = (void *)node;

	if (bpf_core_field_exists(newer->__parent))
		return BPF_CORE_READ(newer, __parent);
	return BPF_CORE_READ(node, parent);
}

/* Path section of a cgroup's kernfs node, as append_path. */
__noinline int append_cgroup(u32 use, u64 node_address, u32 at)
{
	struct scratch *scratch = scratch_for(use);
	struct kernfs_node *node = (void *)node_address, *parent;
	u32 first = at, next;
	int i;

	if (!scratch || !node)
		return at;
	for (i = 0; i < CGROUP_DEPTH; i++) {
		parent = kernfs_parent(node);
		if (!parent)
			return at;
		if (at - first > CGROUP_PATH_BYTES - NAME_BYTES)
			break;
		next = append_name(scratch, at, BPF_CORE_READ(node, name));
		if (!next)
			break;
		at = next;
		node = parent;
	}
	return at | TRUNCATED;
}

#endif
