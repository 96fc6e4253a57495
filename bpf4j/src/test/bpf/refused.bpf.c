// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* A program that every verifier refuses: it uses a map value without looking whether there is one. */
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u64);
} values SEC(".maps");

SEC("raw_tp/sched_process_exec")
int careless(void *context)
{
	__u32 key = 0;
	__u64 *value = bpf_map_lookup_elem(&values, &key);

	return (int)*value;
}
