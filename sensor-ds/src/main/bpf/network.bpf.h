/* SPDX-License-Identifier: GPL-2.0-only OR Apache-2.0 */
/*
 * TCP. connect and listen change the socket's state in the caller's context. accept does not: the state of the new
 * connection changes in softirq, whatever process runs then; it is reported where the call returns (syscall.bpf.h).
 */
#ifndef DEFENDER_NETWORK_BPF_H
#define DEFENDER_NETWORK_BPF_H

#define AF_INET 2
#define AF_INET6 10
#define IPPROTO_TCP 6
#define TCP_SYN_SENT 2
#define TCP_LISTEN 10

static __always_inline u16 from_network(__be16 port)
{
	return __builtin_bswap16(port);
}

/* ::ffff:a.b.c.d */
static __always_inline bool is_mapped(const u32 *address)
{
	return !address[0] && !address[1] && address[2] == 0xffff0000;
}

static __always_inline void fill_v4(struct network_event *event, struct sock *sk)
{
	u32 local = BPF_CORE_READ(sk, __sk_common.skc_rcv_saddr);
	u32 remote = BPF_CORE_READ(sk, __sk_common.skc_daddr);

	event->family = 4;
	__builtin_memcpy(event->local, &local, sizeof(local));
	__builtin_memcpy(event->remote, &remote, sizeof(remote));
}

static __always_inline void fill_v6(struct network_event *event, struct sock *sk)
{
	struct sock_common___v6 *common = (void *)sk + bpf_core_field_offset(sk->__sk_common);
	u32 local[4] = {}, remote[4] = {};

	if (!bpf_core_field_exists(common->skc_v6_daddr))
		return;
	bpf_probe_read_kernel(local, sizeof(local), &common->skc_v6_rcv_saddr);
	bpf_probe_read_kernel(remote, sizeof(remote), &common->skc_v6_daddr);
	event->family = 6;
	if (is_mapped(remote)) {
		event->family = 4;
		local[0] = local[3];
		remote[0] = remote[3];
		local[1] = local[2] = local[3] = remote[1] = remote[2] = remote[3] = 0;
	}
	__builtin_memcpy(event->local, local, sizeof(local));
	__builtin_memcpy(event->remote, remote, sizeof(remote));
}

static __always_inline void report_socket(struct sock *sk, u16 type, int fd, struct task_struct *task, bool typed)
{
	u16 family = BPF_CORE_READ(sk, __sk_common.skc_family);
	struct network_event *event;
	struct subject subject;

	if ((family != AF_INET && family != AF_INET6) || BPF_CORE_READ(sk, sk_protocol) != IPPROTO_TCP)
		return;
	if (!find_subject(&subject, type, task, typed))
		return;
	count(subject.row, type, WORD_CAPTURED);
	event = bpf_ringbuf_reserve(&events, sizeof(*event), 0);
	if (!event) {
		count(subject.row, type, WORD_RING_FULL);
		return;
	}
	fill_header(&event->header, type, sizeof(*event), &subject);
	__builtin_memset((void *)event + sizeof(event->header), 0, sizeof(*event) - sizeof(event->header));
	event->protocol = IPPROTO_TCP;
	event->local_port = BPF_CORE_READ(sk, __sk_common.skc_num);
	event->remote_port = from_network(BPF_CORE_READ(sk, __sk_common.skc_dport));
	event->fd = fd;
	if (family == AF_INET)
		fill_v4(event, sk);
	else
		fill_v6(event, sk);
	bpf_ringbuf_submit(event, ring_wakeup_flags(&events, sizeof(*event)));
}

SEC("tp_btf/inet_sock_set_state")
int BPF_PROG(on_socket_state, struct sock *sk, int old_state, int new_state)
{
	if (new_state == TCP_SYN_SENT)
		WITH_CURRENT_TASK(report_socket, sk, EVENT_CONNECT, -1);
	else if (new_state == TCP_LISTEN)
		WITH_CURRENT_TASK(report_socket, sk, EVENT_LISTEN, -1);
	return 0;
}

/* The socket behind a descriptor that accept returned; not every one is TCP's. */
static __always_inline void report_accept(struct file *file, int fd, struct task_struct *task, bool typed)
{
	struct socket *socket;

	if ((BPF_CORE_READ(file, f_inode, i_mode) & S_IFMT) != S_IFSOCK)
		return;
	socket = BPF_CORE_READ(file, private_data);
	report_socket(BPF_CORE_READ(socket, sk), EVENT_ACCEPT, fd, task, typed);
}

#endif
