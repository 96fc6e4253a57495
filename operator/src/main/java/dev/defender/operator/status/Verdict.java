/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

/**
 * A condition before its times are known.
 *
 * @param message for people; empty if the reason says it all
 */
record Verdict(ConditionType type, boolean holds, Reason reason, String message) {}
