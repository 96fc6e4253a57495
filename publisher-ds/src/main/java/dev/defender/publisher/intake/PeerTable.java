/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;

/** Which user id may speak for which producers: {@code UID:PREFIX[,UID:PREFIX…]}. */
public final class PeerTable {
    /** The publisher's own name as a producer, which nobody else may use. */
    public static final String OWN_NAME = "publisher";

    private record Entry(UserPrincipal user, String prefix) {}

    private final String option;
    private final List<Entry> entries;

    private PeerTable(String option, List<Entry> entries) {
        this.option = option;
        this.entries = entries;
    }

    /**
     * @param option the option that the text was given with
     * @throws IllegalArgumentException if the text is not such a table; the message says what is wrong
     * @throws IOException if the system cannot look a user id up
     */
    public static PeerTable parse(String option, String text) throws IOException {
        List<Entry> entries = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            int colon = part.indexOf(':');
            if (colon < 1 || colon == part.length() - 1 || !isNumber(part, colon)) {
                throw new IllegalArgumentException(
                        option + ": \"" + part + "\" is not UID:PRODUCER_PREFIX, as in 0:sensor");
            }
            entries.add(new Entry(principal(part.substring(0, colon)), part.substring(colon + 1)));
        }
        return new PeerTable(option, entries);
    }

    /** The user behind a name or a number, comparable by user id. */
    static UserPrincipal principal(String nameOrId) throws IOException {
        return FileSystems.getDefault().getUserPrincipalLookupService().lookupPrincipalByName(nameOrId);
    }

    /** The option that says who may speak. */
    String option() {
        return option;
    }

    boolean knows(UserPrincipal user) {
        return entries.stream().anyMatch(entry -> entry.user.equals(user));
    }

    boolean allows(UserPrincipal user, String producer) {
        return !producer.equals(OWN_NAME)
                && entries.stream().anyMatch(entry -> entry.user.equals(user) && producer.startsWith(entry.prefix));
    }

    private static boolean isNumber(String text, int length) {
        for (int i = 0; i < length; i++) {
            if (!Character.isDigit(text.charAt(i))) {
                return false;
            }
        }
        return length > 0;
    }
}
