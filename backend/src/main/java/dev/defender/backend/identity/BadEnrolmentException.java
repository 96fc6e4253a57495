/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.identity;

/** An enrolment request that says something impossible, and what. */
public final class BadEnrolmentException extends Exception {
    BadEnrolmentException(String detail) {
        super(detail);
    }
}
