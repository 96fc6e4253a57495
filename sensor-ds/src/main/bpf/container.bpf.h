/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Containers come and go. A runtime writes all that it knows of a container to disk, then makes its cgroup, then starts its
 * first process: the making of the cgroup is the moment to look. It wakes user space at once, on a ring of its own, so
 * that a backlog of events does not come first.
 */
#ifndef DEFENDER_CONTAINER_BPF_H
#define DEFENDER_CONTAINER_BPF_H

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} containers SEC(".maps");

/* Whether the last name of the path is as long as a container's; uses the record as a scratch pad. */
static __always_inline bool is_container(struct cgroup_change *change, struct cgroup *cgroup)
{
	long n = bpf_probe_read_kernel_str(change->path, CGROUP_CHANGE_PATH_BYTES, BPF_CORE_READ(cgroup, kn, name));

	return n > CONTAINER_NAME_BYTES;
}

static __always_inline void tell(struct cgroup *cgroup, const char *path, u32 removed)
{
	struct cgroup_change *change = bpf_ringbuf_reserve(&containers, sizeof(*change), 0);
	long n;

	if (!change)
		return;
	if (!is_container(change, cgroup)) {
		bpf_ringbuf_discard(change, BPF_RB_NO_WAKEUP);
		return;
	}
	n = bpf_probe_read_kernel_str(change->path, CGROUP_CHANGE_PATH_BYTES, path);
	change->cgroup_key = cgroup_key(cgroup, false);
	change->removed = removed;
	change->path_length = n > 0 ? n - 1 : 0;
	bpf_ringbuf_submit(change, removed ? 0 : RING_WAKEUP_NOW);
}

/* Raw tracepoints: not every kernel lets a BTF-typed one take a pointer to text. */
SEC("raw_tp/cgroup_mkdir")
int BPF_PROG(on_cgroup_made, struct cgroup *cgroup, const char *path)
{
	tell(cgroup, path, 0);
	return 0;
}

/* The key never comes back: the kernel counts a generation within it. Its ledger row stays taken for the epoch. */
SEC("raw_tp/cgroup_rmdir")
int BPF_PROG(on_cgroup_removed, struct cgroup *cgroup, const char *path)
{
	u64 key = cgroup_key(cgroup, false);

	bpf_map_delete_elem(&cgroup_rows, &key);
	tell(cgroup, path, 1);
	return 0;
}

#endif
