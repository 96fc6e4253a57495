/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import java.util.Set;

/** All names that {@code evt.type} can have, delivered by a sensor of ours or not. */
public final class EventNames {
    private static final Set<String> KNOWN = NameList.read("event-names.txt");

    private EventNames() {}

    public static boolean isKnown(String name) {
        return KNOWN.contains(name);
    }

    /** A sentence with names that the author may have meant; empty if nothing is near. */
    public static String hint(String unknown) {
        return NearNames.hint(unknown, KNOWN);
    }
}
