/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

import com.google.protobuf.ProtocolMessageEnum;
import dev.defender.protocol.v1.Accuracy;
import dev.defender.protocol.v1.ContextState;
import dev.defender.protocol.v1.LossReason;
import dev.defender.protocol.v1.RecordClass;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The protocol's numbers as the API writes them: lower case, without the enum's prefix. */
public final class RecordNames {
    private static final Map<Integer, String> CLASSES = names("RECORD_CLASS_", RecordClass.values());
    private static final Map<Integer, String> REASONS = names("LOSS_REASON_", LossReason.values());
    private static final Map<Integer, String> ACCURACIES = names("ACCURACY_", Accuracy.values());

    private static final Map<Integer, String> CONTEXTS = names("CONTEXT_STATE_", ContextState.values());

    private RecordNames() {}

    /** Of a record class; a number that this version does not know is written as it is. */
    public static String recordClass(int number) {
        return CLASSES.getOrDefault(number, Integer.toString(number));
    }

    public static String lossReason(int number) {
        return REASONS.getOrDefault(number, Integer.toString(number));
    }

    public static String accuracy(int number) {
        return ACCURACIES.getOrDefault(number, Integer.toString(number));
    }

    /** How much of a container and its pod is known. */
    static String context(int number) {
        return CONTEXTS.getOrDefault(number, Integer.toString(number));
    }

    public static String lane(int number) {
        return switch (number) {
            case 0 -> "bulk";
            case 1 -> "urgent";
            default -> Integer.toString(number);
        };
    }

    private static <E extends Enum<E> & ProtocolMessageEnum> Map<Integer, String> names(String prefix, E[] constants) {
        Map<Integer, String> names = new HashMap<>();
        for (E constant : constants) {
            if (!constant.name().equals("UNRECOGNIZED")) {
                names.put(
                        constant.getNumber(),
                        constant.name().substring(prefix.length()).toLowerCase(Locale.ROOT));
            }
        }
        return Map.copyOf(names);
    }
}
