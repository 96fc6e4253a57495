// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/* Produces ring buffer records on demand: each BPF_PROG_TEST_RUN of `produce` writes what its context asks for. */
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>

#include "bpf4j_ring.h"

#define MAX_RECORDS 64

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 256 * 1024);
} ring SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} counters SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 3);
	__type(key, __u32);
	__type(value, __u64);
} few SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} per_cpu SEC(".maps");

enum { PRODUCED, DROPPED, DISCARDED };

enum size_choice { SIZE_8, SIZE_17, SIZE_100, SIZE_1000, SIZES };

const volatile __u64 tag = 1;
const volatile __u32 discard_every = 0;
__u64 last_number;
__u64 runs;

struct request {
	__u32 records;
	__u32 odd; /* 0: all records are of 8 bytes; else their sizes alternate between 8, 17, 100 and 1000 */
	__u32 force;
};

static __always_inline void count(__u32 which)
{
	__u64 *counter = bpf_map_lookup_elem(&counters, &which);

	if (counter)
		__sync_fetch_and_add(counter, 1);
}

#define EMIT(bytes)                                                                                                    \
	do {                                                                                                           \
		__u8 *record = bpf_ringbuf_reserve(&ring, bytes, 0);                                                   \
		if (!record) {                                                                                         \
			count(DROPPED);                                                                                \
			break;                                                                                         \
		}                                                                                                      \
		*(__u64 *)record = ++last_number;                                                                      \
		if (bytes > 8)                                                                                         \
			record[bytes - 1] = (__u8)bytes;                                                               \
		if (discard_every && last_number % discard_every == 0) {                                               \
			count(DISCARDED);                                                                              \
			bpf_ringbuf_discard(record, ring_wakeup_flags(&ring, bytes));                                  \
			break;                                                                                         \
		}                                                                                                      \
		count(PRODUCED);                                                                                       \
		bpf_ringbuf_submit(record, request->force ? RING_WAKEUP_NOW : ring_wakeup_flags(&ring, bytes));        \
	} while (0)

SEC("syscall")
int produce(struct request *request)
{
	__u32 records = request->records;

	runs++;
	for (__u32 i = 0; i < MAX_RECORDS; i++) {
		if (i >= records)
			break;
		if (!request->odd || i % SIZES == SIZE_8)
			EMIT(8);
		else if (i % SIZES == SIZE_17)
			EMIT(17);
		else if (i % SIZES == SIZE_100)
			EMIT(100);
		else
			EMIT(1000);
	}
	return (int)tag;
}
