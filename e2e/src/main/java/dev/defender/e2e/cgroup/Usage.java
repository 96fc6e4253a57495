/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cgroup;

/**
 * What a group has used.
 *
 * @param unreclaimableBytes memory that the kernel cannot take back: v1 total_rss + total_shmem + kernel, v2 anon +
 *     shmem + kernel + sock
 * @param cpuNanos CPU time, user and system
 * @param throttledNanos time in which the group wanted to run and its quota was spent
 * @param throttledPeriods periods of 100 ms in which that happened
 * @param oomKills processes killed for memory
 * @param refaults file pages that had to be read again: a group that thrashes instead of dying
 */
public record Usage(
        long unreclaimableBytes,
        long cpuNanos,
        long throttledNanos,
        long throttledPeriods,
        long oomKills,
        long refaults) {}
