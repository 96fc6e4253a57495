/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

/**
 * Who speaks.
 *
 * @param producer "sensor", or "replay:" and a hash
 * @param bootId of the running kernel
 * @param epoch CLOCK_BOOTTIME ns at this producer's start
 * @param version of this software
 */
public record ProducerIdentity(String producer, String bootId, long epoch, String version) {}
