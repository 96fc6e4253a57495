/* SPDX-License-Identifier: Apache-2.0 */

/** What it costs to take a record out of the kernel's ring buffer, beside libbpf's own consumer in C. */
@NullMarked
package dev.defender.bench.ring;

import org.jspecify.annotations.NullMarked;
