/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

/**
 * Where a global of the C program lives.
 *
 * @param name the C name
 * @param section {@code .rodata} (const volatile), {@code .data} or {@code .bss}, or a section of its own
 * @param offset bytes from the section's start, which is also its offset in {@link BpfMap#mapMemory mapped memory}
 * @param size bytes
 */
public record GlobalVariable(String name, String section, int offset, int size) {}
