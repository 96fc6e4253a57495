/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.operator.status;

/**
 * The conditions of a profile. The first three are always there; of the others only those that hold, so an absent one is
 * False. {@code Ready} and {@code Stalled} are those by which kstatus tells Current, InProgress and Failed apart.
 */
public enum ConditionType {
    READY("Ready", "every component is ready on every node that it should be on, and events can reach the backend"),
    PROGRESSING("Progressing", "the operator is changing something, or waits for a change to arrive on the nodes"),
    DEGRADED("Degraded", "something does not work somewhere; the worst nodes are in the status"),
    STALLED("Stalled", "it cannot go on before a person acts"),
    CONFLICT("Conflict", "another profile is older; this one is not applied"),
    FOREIGN_COMPONENT("ForeignComponent", "an object of another owner has the name of one of ours; nothing is applied"),
    CREDENTIALS_INVALID("CredentialsInvalid", "the onboarding Secret, or a node's credential, is not accepted"),
    BACKEND_UNREACHABLE("BackendUnreachable", "publishers cannot deliver; they spool"),
    NODES_UNSUPPORTED("NodesUnsupported", "some nodes cannot be observed"),
    UNKNOWN_FIELDS("UnknownFields", "the spec has fields that this version does not know"),
    NOT_IMPLEMENTED("NotImplemented", "the spec asks for what this version does not do"),
    PAUSED("Paused", "nothing is changed");

    private final String text;
    private final String meaning;

    ConditionType(String text, String meaning) {
        this.text = text;
        this.meaning = meaning;
    }

    /** As in the status. */
    public String text() {
        return text;
    }

    /** One sentence for the reference page. */
    public String meaning() {
        return meaning;
    }
}
