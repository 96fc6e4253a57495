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

static __always_inline struct cgroup *unless_root(struct cgroup *cgroup)
{
	return cgroup && BPF_CORE_READ(cgroup, level) > 0 ? cgroup : NULL;
}

static __always_inline struct cgroup *v1_cgroup(struct css_set *set, u32 controller)
{
	struct cgroup_subsys_state *css = NULL;
	void *at = (void *)set + bpf_core_field_offset(set->subsys) + controller * sizeof(css);

	if (bpf_probe_read_kernel(&css, sizeof(css), at) || !css)
		return NULL;
	return unless_root(BPF_CORE_READ(css, cgroup));
}

#define TRY_V1(set, name)                                                                      \
	if (bpf_core_enum_value_exists(enum cgroup_subsys_id, name)) {                         \
		cgroup = v1_cgroup(set, bpf_core_enum_value(enum cgroup_subsys_id, name));     \
		if (cgroup)                                                                    \
			return cgroup;                                                         \
	}

/* NULL: root everywhere. */
static __always_inline struct cgroup *cgroup_of(struct task_struct *task)
{
	struct css_set *set = BPF_CORE_READ(task, cgroups);
	struct cgroup *cgroup = unless_root(BPF_CORE_READ(set, dfl_cgrp));

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

static __always_inline u64 cgroup_key(struct cgroup *cgroup)
{
	u64 hierarchy;

	if (!cgroup)
		return 0;
	hierarchy = (u8)BPF_CORE_READ(cgroup, root, hierarchy_id);
	return hierarchy << 56 | (BPF_CORE_READ(cgroup, kn, id) & KERNFS_ID_MASK);
}

#endif
