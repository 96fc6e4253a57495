/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The durable queue on the node: per lane a row of append-only segment files, written by one thread and read by
 * another, a checkpoint of what the backend has, and the marks of what each producer may forget.
 *
 * <p>Records keep the bytes that the producer made. Damage costs the record it hit: each record has its own CRC32C, a
 * block of records (at most 32 KiB) has one for its header, and a reader that loses its way looks for the next header.
 */
@NullMarked
package dev.defender.publisher.spool;

import org.jspecify.annotations.NullMarked;
