/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All field names of the language: those that have a value and those that are known but not carried yet. */
public final class FieldCatalogue {
    /** Arguments of an event by name; Falco's table of them is per event type, ours knows only those in the catalogue. */
    private static final String EVENT_ARGUMENT = "evt.arg.";

    private static final Map<String, FieldSpec> CARRIED = carriedFields();
    private static final Set<String> NOT_CARRIED = NameList.read("not-carried.txt");

    private FieldCatalogue() {}

    /** The field of that name (without argument) if it has values, else null. */
    public static @Nullable FieldSpec find(String name) {
        return CARRIED.get(name);
    }

    /** Whether the name belongs to the language but the sensor has no value for it yet. */
    public static boolean isKnownButNotCarried(String name) {
        return NOT_CARRIED.contains(name)
                || name.equals("evt.arg")
                || (name.startsWith(EVENT_ARGUMENT) && !CARRIED.containsKey(name));
    }

    /** Every name that has values, sorted. */
    public static List<String> carriedNames() {
        return CARRIED.keySet().stream().sorted().toList();
    }

    /** Every name that is known but not carried, sorted. */
    public static List<String> notCarriedNames() {
        return List.copyOf(NOT_CARRIED);
    }

    /** A sentence with names that the author may have meant; empty if nothing is near. */
    public static String hint(String unknown) {
        return NearNames.hint(
                unknown,
                Stream.concat(CARRIED.keySet().stream(), NOT_CARRIED.stream()).toList());
    }

    private static Map<String, FieldSpec> carriedFields() {
        Map<String, FieldSpec> fields = new LinkedHashMap<>();
        Stream.of(EventFields.all(), ProcessFields.all(), FdFields.all(), ContainerFields.all())
                .flatMap(List::stream)
                .forEach(field -> fields.put(field.name(), field));
        return fields;
    }
}
