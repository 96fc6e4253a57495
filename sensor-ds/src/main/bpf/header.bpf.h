/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* The ring, and what all records begin with. */
#ifndef DEFENDER_HEADER_BPF_H
#define DEFENDER_HEADER_BPF_H

#include "bpf4j_ring.h"

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} events SEC(".maps");

/* Not 0: take up events of this cgroup only (tests, recordings). What is left out is not counted at all. */
const volatile u64 only_cgroup = 0;

/* Who acts: found once per event. */
struct subject {
	struct task_struct *task;
	struct cgroup *cgroup;
	u64 key;
	u32 row;
};

/*
 * Calls take(…, task, typed) with the running task, typed where this kernel can: the branch that it cannot take is gone
 * before the verifier looks.
 */
#define WITH_CURRENT_TASK(take, ...)                                                                  \
	do {                                                                                          \
		if (bpf_core_enum_value_exists(enum bpf_func_id, BPF_FUNC_get_current_task_btf))      \
			take(__VA_ARGS__, bpf_get_current_task_btf(), true);                          \
		else                                                                                  \
			take(__VA_ARGS__, (void *)bpf_get_current_task(), false);                     \
	} while (0)

/*
 * False: not to be observed. What another node's process does is counted, under no cgroup: it was captured and left out.
 */
static __always_inline bool find_subject(struct subject *subject, u16 type, struct task_struct *task, bool typed)
{
	if (!is_of_this_node(task)) {
		count_filtered(0, type);
		return false;
	}
	subject->task = task;
	subject->cgroup = cgroup_of(task, typed);
	subject->key = cgroup_key(subject->cgroup, typed);
	if (only_cgroup && subject->key != only_cgroup)
		return false;
	subject->row = row_of(subject->key);
	return true;
}

static __always_inline u32 loginuid_of(struct task_struct *task)
{
	struct task_struct___audit *audited = (void *)task;

	return bpf_core_field_exists(audited->loginuid) ? BPF_CORE_READ(audited, loginuid.val) : (u32)-1;
}

static __always_inline void fill_header(struct event_header *header, u16 type, u32 length, struct subject *subject)
{
	struct task_struct *task = subject->task;
	struct task_struct *parent = BPF_CORE_READ(task, real_parent);
	const struct cred *cred = BPF_CORE_READ(task, cred);

	header->type = type;
	header->abi = EVENT_ABI;
	header->length = length;
	header->time_boot_ns = bpf_ktime_get_boot_ns();
	header->cgroup_key = subject->key;
	header->start_boot_ns = BPF_CORE_READ(task, group_leader, start_boottime);
	header->parent_start_boot_ns = BPF_CORE_READ(parent, group_leader, start_boottime);
	header->tgid = process_id_of(task);
	header->tid = id_of(task);
	header->ppid = process_id_of(parent);
	header->uid = BPF_CORE_READ(cred, uid.val);
	header->gid = BPF_CORE_READ(cred, gid.val);
	header->euid = BPF_CORE_READ(cred, euid.val);
	header->loginuid = loginuid_of(task);
	header->row = subject->row;
	header->flags = 0;
	header->reserved = 0;
	bpf_probe_read_kernel(header->comm, COMM_BYTES, task->comm);
}

/* Sends a record of a per-CPU buffer. */
static __always_inline void send(void *record, u32 length, u32 row, u32 type)
{
	u64 flags = ring_wakeup_flags(&events, length);
	u64 size = length;

	/* The bound has to be the last thing that the verifier sees of the size, in one register. */
	asm volatile("" : "+r"(size));
	if (size > RECORD_BYTES)
		size = RECORD_BYTES;
	if (bpf_ringbuf_output(&events, record, size, flags))
		count(row, type, WORD_RING_FULL);
}

#endif
