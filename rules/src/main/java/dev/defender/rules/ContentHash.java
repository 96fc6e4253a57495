/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules;

import dev.defender.rules.condition.Condition;
import dev.defender.rules.condition.ConditionPrinter;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 over what a rule set does, each text with its length before it. */
final class ContentHash {
    private final MessageDigest digest;

    ContentHash() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(Rule rule, Condition condition) {
        add(rule.name());
        add(rule.description());
        add(rule.priority().name());
        add(rule.severity().name());
        add(rule.alertType());
        add(rule.output());
        add(String.valueOf(rule.tags().size()));
        rule.tags().forEach(this::add);
        add(String.valueOf(rule.dedupFields().size()));
        rule.dedupFields().forEach(this::add);
        add(ConditionPrinter.print(condition));
    }

    void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(bytes);
    }

    /** In hexadecimal. Ends the hash. */
    String result() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
