/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.link;

import java.util.List;
import java.util.Set;

/** The keys of a rule item. */
final class RuleKeys {
    /** A rule that is defined, and not changed, needs these besides its name. */
    static final List<String> REQUIRED = List.of("condition", "output", "desc", "priority");

    static final Set<String> APPENDABLE = Set.of("condition", "output", "desc", "tags", "exceptions");

    /** Ours; Falco warns of unknown keys and goes on. */
    static final Set<String> EXTENSIONS = Set.of("x-alert-type", "x-severity", "x-dedup");

    static final Set<String> REPLACEABLE = Set.of(
            "condition",
            "output",
            "desc",
            "tags",
            "exceptions",
            "priority",
            "enabled",
            "warn_evttypes",
            "skip-if-unknown-filter",
            "capture",
            "capture_duration",
            "x-alert-type",
            "x-severity",
            "x-dedup");

    /** Of the language, but without effect here. */
    static final Set<String> WITHOUT_EFFECT = Set.of("capture", "capture_duration");

    static final Set<String> ALL = Set.of(
            "rule",
            "condition",
            "output",
            "desc",
            "priority",
            "source",
            "enabled",
            "warn_evttypes",
            "skip-if-unknown-filter",
            "tags",
            "exceptions",
            "capture",
            "capture_duration",
            "append",
            "override",
            "x-alert-type",
            "x-severity",
            "x-dedup");

    private RuleKeys() {}
}
