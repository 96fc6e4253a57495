/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
#ifndef BPF4J_RING_H
#define BPF4J_RING_H

/*
 * BPF half of the wake-up protocol of bpf4j.RingBuffer. Include after bpf_helpers.h and the enum of ring buffer flags
 * (linux/bpf.h).
 *
 *     struct event *e = bpf_ringbuf_reserve(&ring, sizeof(*e), 0);
 *     ...
 *     bpf_ringbuf_submit(e, ring_wakeup_flags(&ring, sizeof(*e)));
 *
 * Waking the reader costs the monitored program about 4 microseconds, so it happens
 *  - for the first record after the reader said that it is idle: flags 0, the kernel's adaptive mode. The reader says so by
 *    publishing a consumer position equal to the producer's; while it is busy it stays one record short of that on purpose, and
 *    its own timer brings it back;
 *  - each time the backlog passes a multiple of the watermark, not while it is above it. Two CPUs that pass it at the same moment
 *    may both miss it: the next multiple, or the reader's timer, makes up for that;
 *  - for records that must be seen at once: RING_WAKEUP_NOW.
 */

/* Bytes of backlog between two forced wake-ups: a power of two, at most half the ring. */
#ifndef BPF4J_RING_WATERMARK
#define BPF4J_RING_WATERMARK (64 * 1024)
#endif

#define RING_WAKEUP_NOW BPF_RB_FORCE_WAKEUP

/* Flags for bpf_ringbuf_submit or _discard of a record of `bytes` bytes (as reserved) in `ring` (a pointer to the map). */
static inline __attribute__((always_inline)) unsigned long long ring_wakeup_flags(void *ring, unsigned int bytes)
{
	unsigned long long now = bpf_ringbuf_query(ring, BPF_RB_AVAIL_DATA);
	unsigned long long before = now - ((bytes + 8 + 7) & ~7U);

	return (now ^ before) & ~(unsigned long long)(BPF4J_RING_WATERMARK - 1) ? BPF_RB_FORCE_WAKEUP : 0;
}

#endif
