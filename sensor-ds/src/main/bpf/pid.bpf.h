/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Process ids as this node numbers them. On a node that is itself a container (kind, k3s in Docker) the sensor's pid
 * namespace is not the initial one: ids are those of the sensor's namespace, and who has none there is another node's.
 */
#ifndef DEFENDER_PID_BPF_H
#define DEFENDER_PID_BPF_H

/* Deeper than the kernel nests by far in practice; its own bound is 32. */
#define PID_LEVELS 8

/* Inode number of the pid namespace to observe; 0: the initial one, which numbers every process. */
const volatile u32 pid_namespace = 0;

/* Id of the thread in the observed namespace; 0: it has none there. */
static __always_inline u32 id_of(struct task_struct *task)
{
	struct pid_namespace *namespace;
	struct upid *number;
	struct pid *pid;
	u32 level, deepest;

	if (!pid_namespace)
		return BPF_CORE_READ(task, pid);
	pid = BPF_CORE_READ(task, thread_pid);
	if (!pid)
		return 0;
	deepest = BPF_CORE_READ(pid, level);
	/* Level 0 is the initial one. */
	for (level = 1; level <= PID_LEVELS; level++) {
		if (level > deepest)
			return 0;
		number = (void *)pid + bpf_core_field_offset(struct pid, numbers) + level * bpf_core_type_size(struct upid);
		namespace = BPF_CORE_READ(number, ns);
		if (BPF_CORE_READ(namespace, ns.inum) == pid_namespace)
			return BPF_CORE_READ(number, nr);
	}
	return 0;
}

/* Id of the process. */
static __always_inline u32 process_id_of(struct task_struct *task)
{
	if (!pid_namespace)
		return BPF_CORE_READ(task, tgid);
	return id_of(BPF_CORE_READ(task, group_leader));
}

static __always_inline bool is_of_this_node(struct task_struct *task)
{
	return !pid_namespace || id_of(task);
}

#endif
