/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.probe;

/**
 * One thing that the sensor can observe. Becomes the message of the same name in Health.
 *
 * @param name what is observed: {@code exec}, {@code open}, …
 * @param hook by which hook: {@code tp_btf/sched_process_exec}
 * @param reason why not; empty when active
 */
public record Capability(String name, String hook, boolean active, String reason) {}
