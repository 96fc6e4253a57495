/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

/** How many rules may match one event. */
public enum Matching {
    /** Falco's default: in file order, the first that matches ends the search. */
    FIRST,
    /** Every rule that matches. */
    ALL
}
