/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * The one hook on system calls: their exit, where the file or socket behind the returned descriptor can be read. It costs
 * every system call of the host some tens of nanoseconds, so the first thing that it does is to look the number up and go.
 *
 * 32-bit callers (ia32, arm) have numbers of their own and are taken up; x32 (bit 30 of the number) is not: its numbers
 * are beyond the table. io_uring does not come through here.
 */
#ifndef DEFENDER_SYSCALL_BPF_H
#define DEFENDER_SYSCALL_BPF_H

#define SYSCALLS 512
#define TS_COMPAT 2
#define ARM64_TIF_32BIT 22
#define COMPAT_SHIFT 4

enum syscall_kind { CALL_OPEN = 1, CALL_OPENAT = 2, CALL_OPENAT2 = 3, CALL_CREAT = 4, CALL_ACCEPT = 5 };

/* By system call number: low four bits for native callers, high four for 32-bit ones. Set by user space. */
const volatile u8 syscall_kinds[SYSCALLS] = {};

static __always_inline bool on_x86(void)
{
	return bpf_core_field_exists(struct pt_regs___x86, orig_ax);
}

static __always_inline u64 syscall_number(void *regs)
{
	if (on_x86())
		return BPF_CORE_READ((struct pt_regs___x86 *)regs, orig_ax);
	return (u32)BPF_CORE_READ((struct pt_regs___arm64 *)regs, syscallno);
}

static __always_inline bool is_compat(struct task_struct *task)
{
	if (on_x86()) {
		struct thread_info___x86 *info = (void *)task + bpf_core_field_offset(task->thread_info);

		return BPF_CORE_READ(info, status) & TS_COMPAT;
	}
	return BPF_CORE_READ(task, thread_info.flags) >> ARM64_TIF_32BIT & 1;
}

/* Arguments as the call got them; on arm64 the first register holds the result by now. */
static __always_inline u64 argument(void *regs, u32 n, bool compat)
{
	struct pt_regs___x86 *x86 = regs;
	struct pt_regs___arm64 *arm64 = regs;
	u64 value = 0;

	if (!on_x86()) {
		if (n == 0)
			return BPF_CORE_READ(arm64, orig_x0);
		bpf_probe_read_kernel(&value, sizeof(value), &arm64->regs[n]);
		return compat ? (u32)value : value;
	}
	if (compat) {
		value = n == 0 ? BPF_CORE_READ(x86, bx) :
			n == 1 ? BPF_CORE_READ(x86, cx) :
			n == 2 ? BPF_CORE_READ(x86, dx) :
				 BPF_CORE_READ(x86, si);
		return (u32)value;
	}
	return n == 0 ? BPF_CORE_READ(x86, di) :
	       n == 1 ? BPF_CORE_READ(x86, si) :
	       n == 2 ? BPF_CORE_READ(x86, dx) :
			BPF_CORE_READ(x86, r10);
}

static __always_inline struct file *file_of(struct task_struct *task, u32 fd)
{
	struct fdtable *table = BPF_CORE_READ(task, files, fdt);
	struct file **slot, *file = NULL;

	if (fd >= BPF_CORE_READ(table, max_fds))
		return NULL;
	slot = BPF_CORE_READ(table, fd);
	bpf_probe_read_kernel(&file, sizeof(file), slot + fd);
	return file;
}

static __always_inline void read_call(struct open_call *call, void *regs, u32 kind, bool compat)
{
	u32 path = kind == CALL_OPENAT || kind == CALL_OPENAT2;

	call->compat = compat;
	call->directory = path ? (int)argument(regs, 0, compat) : AT_FDCWD;
	call->path = path ? argument(regs, 1, compat) : argument(regs, 0, compat);
	call->flags = 0;
	call->mode = 0;
	if (kind == CALL_CREAT) {
		call->flags = O_CREAT | O_WRONLY | O_TRUNC;
		call->mode = argument(regs, 1, compat);
	} else if (kind == CALL_OPEN) {
		call->flags = argument(regs, 1, compat);
		call->mode = argument(regs, 2, compat);
	} else if (kind == CALL_OPENAT) {
		call->flags = argument(regs, 2, compat);
		call->mode = argument(regs, 3, compat);
	}
	/* A mode without creation is whatever the register held. */
	if (!(call->flags & O_CREAT))
		call->mode = 0;
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_syscall_exit, void *regs, long result)
{
	u64 number = syscall_number(regs);
	struct open_call call;
	struct task_struct *task;
	struct file *file;
	bool compat;
	u32 kind;

	if (number >= SYSCALLS)
		return 0;
	kind = syscall_kinds[number];
	if (!kind)
		return 0;
	task = (void *)bpf_get_current_task();
	compat = is_compat(task);
	kind = compat ? kind >> COMPAT_SHIFT : kind & ((1 << COMPAT_SHIFT) - 1);
	if (!kind)
		return 0;
	if (result < 0) {
		if (kind != CALL_ACCEPT && (result == -EACCES || result == -EPERM)) {
			read_call(&call, regs, kind, compat);
			refused(&call, task, result);
		}
		return 0;
	}
	file = file_of(task, result);
	if (!file)
		return 0;
	if (kind == CALL_ACCEPT) {
		report_accept(file, task, result);
		return 0;
	}
	read_call(&call, regs, kind, compat);
	opened(file, &call, task, result);
	return 0;
}

#endif
