/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import bpf4j.Capabilities;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Text form of {@link ProbeFacts}: one {@code key=value} per line, for bug reports and recorded hosts. */
public final class FactsText {
    private static final String HOOK = "hook.";
    private static final String USABLE = "usable";

    private FactsText() {}

    /** Writes facts; {@link #parse} reads them back the same. */
    public static String format(ProbeFacts facts) {
        StringBuilder text = new StringBuilder();
        line(text, "kernel", facts.kernel());
        line(text, "libbpf", facts.libbpf());
        line(text, "btf", facts.btf());
        line(text, "uid", facts.uid());
        line(text, "initial_user_namespace", facts.initialUserNamespace());
        line(text, "cap_effective", Long.toHexString(facts.effective().bits()));
        line(text, "cap_bounding", Long.toHexString(facts.bounding().bits()));
        line(text, "unprivileged_bpf_disabled", facts.unprivilegedBpf());
        line(text, "lockdown", facts.lockdown());
        line(text, "seccomp", facts.seccomp());
        for (HookFact fact : facts.hooks()) {
            line(text, HOOK + fact.hook().label(), fact.usable() ? USABLE : fact.errno() + " " + fact.why());
        }
        return text.toString();
    }

    private static void line(StringBuilder text, String key, Object value) {
        text.append(key).append('=').append(value).append('\n');
    }

    /**
     * Reads facts. Lines that start with # are comments; keys that are absent count as unknown or false.
     *
     * @throws IllegalArgumentException naming the line that is not {@code key=value} or has a bad value
     */
    public static ProbeFacts parse(String text) {
        Map<String, String> values = new LinkedHashMap<>();
        List<HookFact> hooks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int equals = line.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException("probe facts: not key=value: " + line);
            }
            String key = line.substring(0, equals);
            String value = line.substring(equals + 1);
            if (key.startsWith(HOOK)) {
                hooks.add(hook(key.substring(HOOK.length()), value));
            } else {
                values.put(key, value);
            }
        }
        return new ProbeFacts(
                values.getOrDefault("kernel", ""),
                values.getOrDefault("libbpf", ""),
                flag(values, "btf"),
                number(values, "uid"),
                flag(values, "initial_user_namespace"),
                capabilities(values, "cap_effective"),
                capabilities(values, "cap_bounding"),
                number(values, "unprivileged_bpf_disabled"),
                values.getOrDefault("lockdown", ""),
                flag(values, "seccomp"),
                hooks);
    }

    private static HookFact hook(String label, String value) {
        Hook hook = Hook.valueOf(label.toUpperCase(Locale.ROOT));
        if (value.equals(USABLE)) {
            return HookFact.works(hook);
        }
        int space = value.indexOf(' ');
        return space < 0
                ? HookFact.fails(hook, Integer.parseInt(value), "")
                : HookFact.fails(hook, Integer.parseInt(value.substring(0, space)), value.substring(space + 1));
    }

    private static boolean flag(Map<String, String> values, String key) {
        return Boolean.parseBoolean(values.getOrDefault(key, "false"));
    }

    private static int number(Map<String, String> values, String key) {
        return Integer.parseInt(values.getOrDefault(key, "-1"));
    }

    private static Capabilities capabilities(Map<String, String> values, String key) {
        return new Capabilities(Long.parseUnsignedLong(values.getOrDefault(key, "0"), 16));
    }
}
