/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.spool;

/**
 * Both clocks at one instant.
 *
 * @param boottimeNanos CLOCK_BOOTTIME, ns
 * @param realtimeNanos ns since the Unix epoch
 */
public record Instants(long boottimeNanos, long realtimeNanos) {}
