/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.e2e.cluster;

import java.util.List;

/**
 * What a command has said.
 *
 * @param command as it was run
 * @param status 0 for success
 * @param out standard output
 * @param err standard error
 */
public record Answer(List<String> command, int status, String out, String err) {
    public boolean okay() {
        return status == 0;
    }

    /**
     * Standard output of a command that succeeded, without the last newline.
     *
     * @throws CommandFailed otherwise, with what it said
     */
    public String orThrow() {
        if (!okay()) {
            throw new CommandFailed(this);
        }
        return out.stripTrailing();
    }

    /** A command did not succeed. */
    public static final class CommandFailed extends RuntimeException {
        private static final long serialVersionUID = 1;

        CommandFailed(Answer answer) {
            super(String.join(" ", answer.command) + " ended with status " + answer.status + ":\n"
                    + (answer.err + answer.out).stripTrailing());
        }
    }
}
