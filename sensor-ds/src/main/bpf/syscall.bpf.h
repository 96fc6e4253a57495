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

/* The registers are the tracepoint's argument: plain loads. */
static __always_inline u64 syscall_number(void *regs)
{
	if (on_x86())
		return ((struct pt_regs___x86 *)regs)->orig_ax;
	return (u32)((struct pt_regs___arm64 *)regs)->syscallno;
}

static __always_inline bool is_compat(struct task_struct *task, bool typed)
{
	if (on_x86()) {
		struct task_struct___x86 *x86 = (void *)task;

		return LOAD(typed, x86, thread_info.status) & TS_COMPAT;
	}
	return LOAD(typed, task, thread_info.flags) >> ARM64_TIF_32BIT & 1;
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

static __always_inline struct file *file_of(u32 fd, struct task_struct *task, bool typed)
{
	struct files_struct *files = LOAD(typed, task, files);
	struct fdtable *table = LOAD(typed, files, fdt);
	struct file **slot = LOAD(typed, table, fd), *file = NULL;

	if (fd < LOAD(typed, table, max_fds))
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

static __always_inline void on_opened(void *regs, u32 kind, bool compat, struct file *file, int fd,
				      struct task_struct *task, bool typed)
{
	u32 flags = judge(file);
	struct open_call call;
	struct subject subject;

	if (!find_subject(&subject, EVENT_OPEN, task, typed))
		return;
	if (!flags) {
		count_plain_open(subject.row);
		return;
	}
	read_call(&call, regs, kind, compat);
	report_open(file, &call, &subject, flags, fd);
}

static __always_inline void on_refused(void *regs, u32 kind, bool compat, int error, struct task_struct *task, bool typed)
{
	struct open_call call;
	struct subject subject;

	if (kind == CALL_ACCEPT || !find_subject(&subject, EVENT_OPEN, task, typed))
		return;
	read_call(&call, regs, kind, compat);
	refused(&call, error, &subject);
}

static __always_inline void on_selected_call(void *regs, u8 kinds, long result, struct task_struct *task, bool typed)
{
	bool compat = is_compat(task, typed);
	u32 kind = compat ? kinds >> COMPAT_SHIFT : kinds & ((1 << COMPAT_SHIFT) - 1);
	struct file *file;

	if (!kind)
		return;
	if (result < 0) {
		if (result == -EACCES || result == -EPERM)
			on_refused(regs, kind, compat, result, task, typed);
		return;
	}
	file = file_of(result, task, typed);
	if (!file)
		return;
	if (kind == CALL_ACCEPT)
		report_accept(file, result, task, typed);
	else
		on_opened(regs, kind, compat, file, result, task, typed);
}

SEC("tp_btf/sys_exit")
int BPF_PROG(on_syscall_exit, void *regs, long result)
{
	u64 number = syscall_number(regs);
	u8 kinds;

	if (number >= SYSCALLS)
		return 0;
	kinds = syscall_kinds[number];
	if (kinds)
		WITH_CURRENT_TASK(on_selected_call, regs, kinds, result);
	return 0;
}

#endif
