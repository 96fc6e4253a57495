/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

/**
 * Whether a program does its work.
 *
 * @param reason why not; empty when active
 */
public record HookState(HookProgram program, boolean active, String reason) {}
