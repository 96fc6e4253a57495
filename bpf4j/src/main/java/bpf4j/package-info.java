/* SPDX-License-Identifier: Apache-2.0 */
/**
 * eBPF for Java: load, attach and read BPF programs through the system's libbpf.
 *
 * <p>Control path (open, load, attach, maps, links) goes through JNA; the data path ({@link bpf4j.RingBuffer}, mapped maps)
 * is plain Java over memory shared with the kernel. Linux on 64-bit little-endian machines only.
 */
@NullMarked
package bpf4j;

import org.jspecify.annotations.NullMarked;
