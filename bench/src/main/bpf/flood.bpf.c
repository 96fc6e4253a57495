// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Fills a ring buffer as fast as the kernel can: each BPF_PROG_TEST_RUN of `flood` writes records_per_run records. */
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} ring SEC(".maps");

/* Set before load: a multiple of 8, and how many fit into the ring with their 8-byte headers. */
const volatile __u32 record_bytes = 64;
const volatile __u32 records_per_run = 1;

static long emit(__u32 index, void *unused)
{
	__u64 *record = bpf_ringbuf_reserve(&ring, record_bytes, 0);

	if (!record)
		return 1;
	for (__u32 word = 0; word < record_bytes / 8; word++)
		record[word] = index + word;
	bpf_ringbuf_submit(record, BPF_RB_NO_WAKEUP);
	return 0;
}

/* Returns how many records it tried to write; all of them fit if the ring was empty. */
SEC("syscall")
int flood(void *context)
{
	return bpf_loop(records_per_run, emit, 0, 0);
}
