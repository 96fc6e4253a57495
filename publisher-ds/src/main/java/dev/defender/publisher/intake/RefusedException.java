/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.intake;

/** The peer broke the protocol or is not allowed: its connection ends with this reason. */
final class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Refusal refusal;
    private final String reason;

    RefusedException(Refusal refusal, String reason) {
        // No stack: a hostile client must not make the publisher walk one per frame.
        super(reason, null, false, false);
        this.refusal = refusal;
        this.reason = reason;
    }

    Refusal refusal() {
        return refusal;
    }

    String reason() {
        return reason;
    }
}
