/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The loss ledger: who gets which row, and the counters. Every record that a hook takes up is counted as captured first,
 * then as filtered, as ring full, or it is in the ring: the sum holds at every instant that user space looks.
 */
#ifndef DEFENDER_LEDGER_BPF_H
#define DEFENDER_LEDGER_BPF_H

#define ROW_PROBES 16
#define KNOWN_CGROUPS 8192

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LEDGER_ROWS);
	__type(key, u32);
	__type(value, struct ledger_row);
} ledger SEC(".maps");

/*
 * Opens that were filtered because they neither write nor touch a sensitive name: by far the most frequent case, so each
 * CPU counts for itself, [cpu * LEDGER_ROWS + row]. They count as captured and as filtered. User space sets the size to
 * the number of possible CPUs.
 */
struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LEDGER_ROWS);
	__type(key, u32);
	__type(value, u64);
} plain_opens SEC(".maps");

/* Row of each cgroup key seen; 0 when no row was free. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, KNOWN_CGROUPS);
	__type(key, u64);
	__type(value, u32);
} cgroup_rows SEC(".maps");

/* Cgroup key of each row taken. */
struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, LEDGER_ROWS);
	__type(key, u32);
	__type(value, u64);
} row_owner SEC(".maps");

struct row_label {
	u8 text[ROW_LABEL_BYTES];
};

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, LEDGER_ROWS);
	__type(key, u32);
	__type(value, struct row_label);
} row_labels SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, HEAD_WORDS);
	__type(key, u32);
	__type(value, u64);
} ledger_head SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(max_entries, INDEX_BULK + INDEX_URGENT);
	__type(key, u32);
	__type(value, u64);
} window_index SEC(".maps");

/*
 * Claims a free row for a key that has none. Two CPUs that meet here with the same key find the same row; with different
 * keys, BPF_NOEXIST lets one of them win. Not inlined: verified once, and rare.
 */
__noinline int claim_row(u64 key)
{
	u32 hash = (u32)(key ^ (key >> 32)) * 2654435761U;
	u32 row, none = 0;
	u64 *owner;
	int i;

	for (i = 0; i < ROW_PROBES; i++) {
		row = 1 + ((hash >> 8) + i) % (LEDGER_ROWS - 1);
		if (bpf_map_update_elem(&row_owner, &row, &key, BPF_NOEXIST)) {
			owner = bpf_map_lookup_elem(&row_owner, &row);
			if (!owner || *owner != key)
				continue;
		}
		bpf_map_update_elem(&cgroup_rows, &key, &row, BPF_ANY);
		return row;
	}
	bpf_map_update_elem(&cgroup_rows, &key, &none, BPF_ANY);
	return 0;
}

static __always_inline u32 row_of(u64 key)
{
	u32 *row;

	if (!key)
		return 0;
	row = bpf_map_lookup_elem(&cgroup_rows, &key);
	return row ? *row : (u32)claim_row(key);
}

static __always_inline void count(u32 row, u32 type, enum ledger_word word)
{
	struct ledger_row *counters = bpf_map_lookup_elem(&ledger, &row);

	if (counters)
		__sync_fetch_and_add(&counters->word[(type - 1) & (LEDGER_SLOTS - 1)][word], 1);
}

static __always_inline void count_filtered(u32 row, u32 type)
{
	count(row, type, WORD_CAPTURED);
	count(row, type, WORD_FILTERED);
}

static __always_inline void count_plain_open(u32 row)
{
	u32 index = bpf_get_smp_processor_id() * LEDGER_ROWS + row;
	u64 *counter = bpf_map_lookup_elem(&plain_opens, &index);

	if (counter) {
		(*counter)++;
		return;
	}
	count_filtered(row, EVENT_OPEN);
}

#endif
