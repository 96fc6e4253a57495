/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Which cgroup a task belongs to, on hosts with cgroup v2, v1 and both. The v2 group if it is not the root; else the first
 * v1 controller whose group is not the root. Memory comes last: it is the one that supervisors of whole machines set.
 *
 * key = hierarchy id << 56 | kernfs id. The hierarchy id is the first column of /proc/PID/cgroup, 0 for v2; the kernfs id
 * is the inode number of the group's directory (64-bit kernels since 5.5).
 */
#ifndef DEFENDER_CGROUP_BPF_H
#define DEFENDER_CGROUP_BPF_H

#define KERNFS_ID_MASK ((1ULL << 56) - 1)

/*
 * Reads a member. A pointer of which the verifier knows the type (typed == true: a tracepoint's argument, or
 * bpf_get_current_task_btf) is followed by plain loads, an order of magnitude cheaper than the helper; loads from NULL
 * give 0 either way. `typed` has to be a constant at each place of use.
 */
#define LOAD(typed, pointer, member) ((typed) ? (pointer)->member : BPF_CORE_READ(pointer, member))

static __always_inline struct cgroup *unless_root(struct cgroup *cgroup, bool typed)
{
	return cgroup && LOAD(typed, cgroup, level) > 0 ? cgroup : NULL;
}

static __always_inline struct cgroup *v1_cgroup(struct css_set *set, u32 controller, bool typed)
{
	struct cgroup_subsys_state *css = NULL;
	void *at = (void *)set + bpf_core_field_offset(set->subsys) + controller * sizeof(css);

	if (typed)
		css = *(struct cgroup_subsys_state **)at;
	else
		bpf_probe_read_kernel(&css, sizeof(css), at);
	return css ? unless_root(LOAD(typed, css, cgroup), typed) : NULL;
}

#define TRY_V1(set, name)                                                                            \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, name)) {                               \
		cgroup = v1_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, name), typed);    \
		if (cgroup)                                                                          \
			return cgroup;                                                               \
	}

/* NULL: root everywhere. */
static __always_inline struct cgroup *cgroup_of(struct task_struct *task, bool typed)
{
	struct css_set *set = LOAD(typed, task, cgroups);
	struct cgroup *cgroup = unless_root(LOAD(typed, set, dfl_cgrp), typed);

	if (cgroup)
		return cgroup;
	TRY_V1(set, pids_cgrp_id)
	TRY_V1(set, cpu_cgrp_id)
	TRY_V1(set, devices_cgrp_id)
	TRY_V1(set, freezer_cgrp_id)
	TRY_V1(set, cpuset_cgrp_id)
	TRY_V1(set, io_cgrp_id)
	TRY_V1(set, memory_cgrp_id)
	return NULL;
}

static __always_inline u64 cgroup_key(struct cgroup *cgroup, bool typed)
{
	struct cgroup_root *root;
	struct kernfs_node *node;

	if (!cgroup)
		return 0;
	root = LOAD(typed, cgroup, root);
	node = LOAD(typed, cgroup, kn);
	return (u64)(u8)LOAD(typed, root, hierarchy_id) << 56 | (LOAD(typed, node, id) & KERNFS_ID_MASK);
}

#endif
