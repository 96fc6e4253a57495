/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

import dev.defender.operator.model.Component;

/**
 * Something that does not work at one place.
 *
 * @param node empty if it is not known, or concerns no single node
 * @param message one or two sentences, in the words of whoever reports it
 */
public record Trouble(String node, Component component, Reason reason, String message) {}
