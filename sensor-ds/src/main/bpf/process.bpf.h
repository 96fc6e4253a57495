/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/* Processes: exec, fork, exit, and those that were there before. */
#ifndef DEFENDER_PROCESS_BPF_H
#define DEFENDER_PROCESS_BPF_H

#define PF_KTHREAD 0x00200000
#define SIGNAL_GROUP_EXIT 0x00000004

static __always_inline u32 tty_of(struct task_struct *task)
{
	struct tty_struct *tty = BPF_CORE_READ(task, signal, tty);

	if (!tty)
		return 0;
	return BPF_CORE_READ(tty, driver, major) << 8 |
	       (u32)(BPF_CORE_READ(tty, driver, minor_start) + BPF_CORE_READ(tty, index));
}

static __always_inline u32 append_args(struct scratch *scratch, struct exec_event *event, struct mm_struct *mm, u32 at)
{
	unsigned long start = BPF_CORE_READ(mm, arg_start);
	u64 length = BPF_CORE_READ(mm, arg_end) - start;

	if (length > ARGS_BYTES) {
		length = ARGS_BYTES;
		event->header.flags |= FLAG_ARGS_TRUNCATED;
	}
	if (bpf_probe_read_user(&scratch->bytes[at & RECORD_MASK], length, (void *)start)) {
		event->header.flags |= FLAG_ARGS_UNREADABLE;
		return at;
	}
	event->args_length = length;
	return at + length;
}

static __always_inline u32 append_filename(struct scratch *scratch, struct exec_event *event, const char *name, u32 at)
{
	long n = bpf_probe_read_kernel_str(&scratch->bytes[at & RECORD_MASK], FILENAME_BYTES, name);

	if (n <= 0)
		return at;
	if (n == FILENAME_BYTES)
		event->header.flags |= FLAG_FILENAME_TRUNCATED;
	event->filename_length = n - 1;
	return at + n - 1;
}

/* Splits what append_path returned. */
static __always_inline u32 section_end(struct event_header *header, int result, u32 flag)
{
	if (result & TRUNCATED)
		header->flags |= flag;
	return result & (TRUNCATED - 1);
}

static __always_inline u32 append_exe(struct exec_event *event, u32 use, struct mm_struct *mm, u32 at)
{
	struct file *file = mm ? BPF_CORE_READ(mm, exe_file) : NULL;
	struct inode *inode;
	struct dentry *dentry;
	u32 end;

	if (!file)
		return at;
	inode = BPF_CORE_READ(file, f_inode);
	dentry = BPF_CORE_READ(file, f_path.dentry);
	event->exe_inode = BPF_CORE_READ(inode, i_ino);
	event->exe_device = BPF_CORE_READ(inode, i_sb, s_dev);
	event->header.flags |= file_flags(inode, dentry);
	end = section_end(&event->header,
			  append_path(use, (u64)dentry, (u64)BPF_CORE_READ(file, f_path.mnt), at), FLAG_PATH_TRUNCATED);
	event->exe_length = end - at;
	return end;
}

static __always_inline u64 capabilities(const kernel_cap_t *set)
{
	u64 bits = 0;

	bpf_probe_read_kernel(&bits, sizeof(bits), set);
	return bits;
}

/* Everything of exec_event that a running process still knows; sections exe, cwd and cgroup. */
static __always_inline u32 append_image(struct exec_event *event, u32 use, struct subject *subject, u32 at)
{
	struct task_struct *task = subject->task;
	const struct cred *cred = BPF_CORE_READ(task, cred);
	struct fs_struct *fs = BPF_CORE_READ(task, fs);
	struct cgroup *cgroup = subject->cgroup;
	u32 end;

	event->cap_effective = capabilities(&cred->cap_effective);
	event->cap_permitted = capabilities(&cred->cap_permitted);
	event->cap_inheritable = capabilities(&cred->cap_inheritable);
	event->tty = tty_of(task);
	at = append_exe(event, use, BPF_CORE_READ(task, mm), at);
	if (fs) {
		end = section_end(&event->header,
				  append_path(use, (u64)BPF_CORE_READ(fs, pwd.dentry), (u64)BPF_CORE_READ(fs, pwd.mnt), at),
				  FLAG_CWD_TRUNCATED);
		event->cwd_length = end - at;
		at = end;
	}
	if (cgroup) {
		end = section_end(&event->header, append_cgroup(use, (u64)BPF_CORE_READ(cgroup, kn), at),
				  FLAG_CGROUP_TRUNCATED);
		event->cgroup_length = end - at;
		at = end;
	}
	return at;
}

static __always_inline void clear_exec(struct exec_event *event)
{
	__builtin_memset((void *)event + sizeof(event->header), 0, sizeof(*event) - sizeof(event->header));
}

SEC("tp_btf/sched_process_exec")
int BPF_PROG(on_exec, struct task_struct *task, pid_t old_tid, struct linux_binprm *binprm)
{
	struct scratch *scratch = scratch_for(SCRATCH_EXEC);
	struct exec_event *event = (void *)scratch;
	struct subject subject;
	u32 at = sizeof(*event);

	if (!scratch || !find_subject(&subject, EVENT_EXEC, task, true))
		return 0;
	count(subject.row, EVENT_EXEC, WORD_CAPTURED);
	fill_header(&event->header, EVENT_EXEC, 0, &subject);
	clear_exec(event);
	/* The thread that became the only one keeps its old number nowhere but here, in the initial namespace. */
	event->old_tid = pid_namespace ? 0 : old_tid;
	at = append_args(scratch, event, BPF_CORE_READ(task, mm), at);
	at = append_filename(scratch, event, BPF_CORE_READ(binprm, filename), at);
	at = append_image(event, SCRATCH_EXEC, &subject, at);
	event->header.length = at;
	send(event, at, subject.row, EVENT_EXEC);
	return 0;
}

SEC("tp_btf/sched_process_fork")
int BPF_PROG(on_fork, struct task_struct *parent, struct task_struct *child)
{
	struct subject subject, born;
	struct fork_event *event;
	struct task_struct *child_parent;

	/* A thread is no process. */
	if (child->pid != child->tgid)
		return 0;
	if (!find_subject(&subject, EVENT_FORK, parent, true))
		return 0;
	born.cgroup = cgroup_of(child, true);
	born.key = cgroup_key(born.cgroup, true);
	born.row = row_of(born.key);
	count(subject.row, EVENT_FORK, WORD_CAPTURED);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		count(subject.row, EVENT_FORK, WORD_RING_FULL);
		return 0;
	}
	fill_header(&event->header, EVENT_FORK, sizeof(*event), &subject);
	child_parent = BPF_CORE_READ(child, real_parent);
	event->child_start_boot_ns = BPF_CORE_READ(child, start_boottime);
	event->child_cgroup_key = born.key;
	event->child_parent_start_boot_ns = BPF_CORE_READ(child_parent, group_leader, start_boottime);
	event->child_tgid = process_id_of(child);
	event->child_ppid = process_id_of(child_parent);
	event->child_row = born.row;
	event->reserved = 0;
	bpf_probe_read_kernel(event->child_comm, COMM_BYTES, child->comm);
	bpf_ringbuf_submit(event, ring_wakeup_flags(&events, sizeof(*event)));
	return 0;
}

struct process_id {
	u64 start_boot_ns;
	u64 tgid;
};

/* Kernels before 6.16 only: processes whose end was reported just now. */
struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 1024);
	__type(key, struct process_id);
	__type(value, u8);
} ended SEC(".maps");

/* Two threads that end at once can both find that none is left: the first one to say so counts. */
static __always_inline bool first_to_end(struct task_struct *task)
{
	struct process_id id = {
		.start_boot_ns = BPF_CORE_READ(task, group_leader, start_boottime),
		.tgid = BPF_CORE_READ(task, tgid),
	};
	u8 one = 1;

	if (BPF_CORE_READ(task, signal, live.counter))
		return false;
	return bpf_map_update_elem(&ended, &id, &one, BPF_NOEXIST) == 0;
}

SEC("tp_btf/sched_process_exit")
int BPF_PROG(on_exit, struct task_struct *task)
{
	struct subject subject;
	struct exit_event *event;
	int status;

	if (bpf_core_field_exists(struct trace_event_raw_sched_process_exit___group_dead, group_dead)) {
		if (!(ctx[1] & 0xff))
			return 0;
	} else if (!first_to_end(task)) {
		return 0;
	}
	if (!find_subject(&subject, EVENT_EXIT, task, true))
		return 0;
	count(subject.row, EVENT_EXIT, WORD_CAPTURED);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		count(subject.row, EVENT_EXIT, WORD_RING_FULL);
		return 0;
	}
	fill_header(&event->header, EVENT_EXIT, sizeof(*event), &subject);
	/* As wait(2) gives it to the parent. */
	status = BPF_CORE_READ(task, signal, flags) & SIGNAL_GROUP_EXIT ?
			 BPF_CORE_READ(task, signal, group_exit_code) :
			 BPF_CORE_READ(task, group_leader, exit_code);
	event->code = status >> 8 & 0xff;
	event->signal = status & 0x7f;
	bpf_ringbuf_submit(event, ring_wakeup_flags(&events, sizeof(*event)));
	return 0;
}

/* Arguments lie in memory that this program cannot read: user space adds them from /proc. */
SEC("iter/task")
int list_tasks(struct bpf_iter__task *ctx)
{
	struct scratch *scratch = scratch_for(SCRATCH_TASK);
	struct exec_event *event = (void *)scratch;
	struct task_struct *task = ctx->task;
	struct subject subject;
	u32 at = sizeof(*event);

	if (!scratch || !task || task->pid != task->tgid || !is_of_this_node(task))
		return 0;
	subject.task = task;
	subject.cgroup = cgroup_of(task, true);
	subject.key = cgroup_key(subject.cgroup, true);
	subject.row = row_of(subject.key);
	fill_header(&event->header, EVENT_TASK, 0, &subject);
	clear_exec(event);
	if (BPF_CORE_READ(task, flags) & PF_KTHREAD)
		event->header.flags |= FLAG_KERNEL_THREAD;
	at = append_image(event, SCRATCH_TASK, &subject, at);
	event->header.length = at;
	if (at <= RECORD_BYTES)
		bpf_seq_write(ctx->meta->seq, event, at);
	return 0;
}

#endif
