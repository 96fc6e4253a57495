/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.util.List;

/** The kernel programs of {@code sensor.bpf.o}, each on a hook of its own; none needs another one. */
public enum HookProgram {
    EXEC("on_exec", "tp_btf/sched_process_exec", "exec"),
    FORK("on_fork", "tp_btf/sched_process_fork", "fork"),
    EXIT("on_exit", "tp_btf/sched_process_exit", "exit"),
    SOCKET_STATE("on_socket_state", "tp_btf/inet_sock_set_state", "connect", "listen"),
    SYSCALL_EXIT("on_syscall_exit", "tp_btf/sys_exit", "open", "accept"),
    TASKS("list_tasks", "iter/task", "initial process table"),
    CGROUP_MADE("on_cgroup_made", "raw_tp/cgroup_mkdir", "containers at their creation"),
    CGROUP_REMOVED("on_cgroup_removed", "raw_tp/cgroup_rmdir", "containers at their removal");

    private final String program;
    private final String hook;
    private final List<String> observes;

    HookProgram(String program, String hook, String... observes) {
        this.program = program;
        this.hook = hook;
        this.observes = List.of(observes);
    }

    /** Name of its C function. */
    public String program() {
        return program;
    }

    /** As libbpf writes it: {@code tp_btf/sys_exit}. */
    public String hook() {
        return hook;
    }

    /** What is seen through it. */
    public List<String> observes() {
        return observes;
    }
}
