/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef KERNEL_H
#define KERNEL_H

/* The fields of kernel structures that the test programs read; libbpf finds their real offsets on the running kernel. */
#pragma clang attribute push(__attribute__((preserve_access_index)), apply_to = record)

struct task_struct {
	int pid;
	int tgid;
	char comm[16];
};

struct seq_file;

struct bpf_iter_meta {
	struct seq_file *seq;
	__u64 session_id;
	__u64 seq_num;
};

struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};

#pragma clang attribute pop

#endif
