/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * Writes recorded events into the ring of a running sensor, as its hooks do: counted as captured, then in the ring or
 * counted as ring full. The maps `events` and `ledger` are the sensor's own.
 */
#include "bpf4j_uapi.h"
#include <bpf/bpf_helpers.h>

#include "bpf4j_ring.h"
#include "event.h"

#define TEMPLATE_BYTES 2048
#define TEMPLATES 512

char LICENSE[] SEC("license") = "GPL";

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 8 * 1024 * 1024);
} events SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LEDGER_ROWS);
	__type(key, __u32);
	__type(value, struct ledger_row);
} ledger SEC(".maps");

/* Event records, each at the start of its slot; the header tells the length. */
struct event_template {
	__u8 bytes[TEMPLATE_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, TEMPLATES);
	__type(key, __u32);
	__type(value, struct event_template);
} templates SEC(".maps");

struct request {
	__u32 first; /* template of the first event */
	__u32 count;
	__u32 templates; /* how many there are */
};

struct cursor {
	__u32 index;
	__u32 templates;
	__u32 full;
};

static __always_inline void count(__u32 type, enum ledger_word word)
{
	__u32 row = 0;
	struct ledger_row *counters = bpf_map_lookup_elem(&ledger, &row);

	/* Processes of the initial table are in no ledger. */
	if (counters && type <= EVENT_OPEN)
		__sync_fetch_and_add(&counters->word[(type - 1) & (LEDGER_SLOTS - 1)][word], 1);
}

static long inject_one(__u32 number, struct cursor *cursor)
{
	struct event_header *header;
	__u64 length;
	__u32 index = cursor->index;

	header = bpf_map_lookup_elem(&templates, &index);
	if (!header)
		return 1;
	cursor->index = index + 1 < cursor->templates ? index + 1 : 0;
	header->time_boot_ns = bpf_ktime_get_boot_ns();
	length = header->length;
	count(header->type, WORD_CAPTURED);
	/* The bound has to be the last thing that the verifier sees of the size. */
	asm volatile("" : "+r"(length));
	if (length > TEMPLATE_BYTES)
		length = TEMPLATE_BYTES;
	if (bpf_ringbuf_output(&events, header, length, ring_wakeup_flags(&events, length))) {
		count(header->type, WORD_RING_FULL);
		cursor->full++;
	}
	return 0;
}

/* Returns how many of them found no room. */
SEC("syscall")
int inject(struct request *request)
{
	struct cursor cursor = { .index = request->first, .templates = request->templates };

	bpf_loop(request->count, inject_one, &cursor, 0);
	return cursor.full;
}
