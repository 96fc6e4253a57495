// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Real hooks: counts process starts of this test, and lists tasks. */
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_tracing.h>

#include "bpf4j_ring.h"
#include "kernel.h"

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 64 * 1024);
} ring SEC(".maps");

struct process {
	int pid;
	int tgid;
	char comm[16];
};

__u64 execs;

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task)
{
	struct process *process = bpf_ringbuf_reserve(&ring, sizeof(*process), 0);

	__sync_fetch_and_add(&execs, 1);
	if (!process)
		return 0;
	process->pid = task->pid;
	process->tgid = task->tgid;
	bpf_probe_read_kernel(process->comm, sizeof(process->comm), task->comm);
	bpf_ringbuf_submit(process, ring_wakeup_flags(&ring, sizeof(*process)));
	return 0;
}

SEC("?tp_btf/bpf4j_no_such_tracepoint")
int BPF_PROG(on_nothing, struct task_struct *task)
{
	return 0;
}

SEC("?fentry/security_bprm_check")
int BPF_PROG(on_entry)
{
	return 0;
}

SEC("iter/task")
int list_tasks(struct bpf_iter__task *context)
{
	struct task_struct *task = context->task;
	struct process process = {};

	if (!task)
		return 0;
	process.pid = task->pid;
	process.tgid = task->tgid;
	bpf_probe_read_kernel(process.comm, sizeof(process.comm), task->comm);
	bpf_seq_write(context->meta->seq, &process, sizeof(process));
	return 0;
}
