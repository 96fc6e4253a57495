/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

/**
 * What is recorded.
 *
 * @param producer name of this sensor
 * @param epoch its epoch, CLOCK_BOOTTIME ns
 * @param cgroup key of the only cgroup to record; 0 = all
 * @param mask for secrets, or for everything
 * @param masked whether the mask is for everything; for the header
 */
public record RecordingOptions(String producer, long epoch, long cgroup, ArgumentMask mask, boolean masked) {}
