/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.http;

/** Ends a request with a problem document. */
public final class ProblemException extends Exception {
    private final transient Problem problem;

    public ProblemException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
