// SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0
/*
 * The sensor's kernel half: one object for all kernels from 5.8 on, x86-64 and arm64. One concern per file; no program
 * depends on another one being attached.
 */
#include "kernel.h"
#include <bpf/bpf_helpers.h>
#include <bpf/bpf_core_read.h>
#include <bpf/bpf_tracing.h>
#include "event.h"
#include "ledger.bpf.h"
#include "cgroup.bpf.h"
#include "pid.bpf.h"
#include "path.bpf.h"
#include "inode.bpf.h"
#include "header.bpf.h"
#include "process.bpf.h"
#include "network.bpf.h"
#include "file.bpf.h"
#include "syscall.bpf.h"
#include "container.bpf.h"

/* Some helpers are for GPL-compatible programs only. */
char LICENSE[] SEC("license") = "GPL";
