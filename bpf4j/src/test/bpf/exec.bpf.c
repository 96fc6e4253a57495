// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>
#include "bpf4j_ring.h"

struct task_struct {
	int tgid;
	char comm[16];
} __attribute__((preserve_access_index));

struct start {
	int pid;
	char comm[16];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 4096);
} ring SEC(".maps");

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task)
{
	struct start *start = bpf_ringbuf_reserve(&ring, sizeof(*start), 0);

	if (!start)
		return 0;
	start->pid = task->tgid;
	bpf_probe_read_kernel(start->comm, sizeof(start->comm), task->comm);
	bpf_ringbuf_submit(start, ring_wakeup_flags(&ring, sizeof(*start)));
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
