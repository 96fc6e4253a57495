// SPDX-License-Identifier: Apache-2.0
/*
 * The peer of the ring benchmark: a C consumer over libbpf's ring_buffer__consume.
 *
 *     ring_consumer OBJECT RECORD_BYTES RECORDS_PER_FILL READ_HEAD
 *
 * For each line "FILLS" on stdin: that many times fills the ring from one CPU and drains it on another. Prints
 * "EVENTS CPU_NS CHECKSUM", where CPU_NS is what draining cost.
 */
#define _GNU_SOURCE
#include <bpf/bpf.h>
#include <bpf/libbpf.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

struct totals {
	uint64_t events;
	uint64_t checksum;
};

/* Delivery alone: what a handler does with the bytes is its own affair. */
static int count(void *context, void *data, size_t size)
{
	struct totals *totals = context;

	(void)data;
	totals->events++;
	totals->checksum += size;
	return 0;
}

/* The head of an event, as far as a decoder needs it to know what it has before it. */
struct head {
	uint16_t type;
	uint16_t abi;
	uint32_t length;
	uint64_t time;
};

static int read_head(void *context, void *data, size_t size)
{
	struct totals *totals = context;
	const struct head *head = data;

	totals->events++;
	totals->checksum += size + head->type + head->length + head->time;
	return 0;
}

static uint64_t cpu_ns(void)
{
	struct timespec now;

	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
	return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

/* One CPU alone takes both roles. */
static void move_to_cpu(int cpu)
{
	cpu_set_t set;

	CPU_ZERO(&set);
	CPU_SET(cpu, &set);
	sched_setaffinity(0, sizeof(set), &set);
}

static void set_constant(struct bpf_object *object, int index, uint32_t value)
{
	size_t size;
	char *constants = (char *)bpf_map__initial_value(bpf_object__find_map_by_name(object, ".rodata"), &size);

	memcpy(constants + 4 * index, &value, sizeof(value));
}

static int fail(const char *what)
{
	perror(what);
	return 1;
}

int main(int argc, char **argv)
{
	struct totals totals = {0};
	char line[64];

	if (argc != 5)
		return 2;
	struct bpf_object *object = bpf_object__open_file(argv[1], NULL);
	if (!object)
		return fail("open");
	set_constant(object, 0, (uint32_t)atoi(argv[2]));
	set_constant(object, 1, (uint32_t)atoi(argv[3]));
	if (bpf_object__load(object))
		return fail("load");
	int flood = bpf_program__fd(bpf_object__find_program_by_name(object, "flood"));
	struct ring_buffer *ring = ring_buffer__new(bpf_object__find_map_fd_by_name(object, "ring"),
						    atoi(argv[4]) ? read_head : count, &totals, NULL);
	if (!ring)
		return fail("ring");
	while (fgets(line, sizeof(line), stdin)) {
		uint64_t spent = 0;

		memset(&totals, 0, sizeof(totals));
		for (int fills = atoi(line); fills > 0; fills--) {
			LIBBPF_OPTS(bpf_test_run_opts, run);
			move_to_cpu(0);
			if (bpf_prog_test_run_opts(flood, &run))
				return fail("run");
			move_to_cpu(1);
			uint64_t before = cpu_ns();
			ring_buffer__consume(ring);
			spent += cpu_ns() - before;
		}
		printf("%llu %llu %llu\n", (unsigned long long)totals.events, (unsigned long long)spent,
		       (unsigned long long)totals.checksum);
		fflush(stdout);
	}
	ring_buffer__free(ring);
	bpf_object__close(object);
	return 0;
}
