/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.publisher.health;

import java.io.PrintStream;

/**
 * The publisher's log: single lines, milestones on standard output and trouble on standard error. A logging library
 * would be the second largest thing that a cold start in 60m has to load. Any thread.
 */
public final class Console {
    private final PrintStream out;
    private final PrintStream err;

    public Console(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public void milestone(String text) {
        print(out, text);
    }

    public void trouble(String text) {
        print(err, text);
    }

    private static void print(PrintStream to, String text) {
        // One line per message, whatever a peer managed to get into it.
        StringBuilder line = new StringBuilder("publisher: ");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            line.append(Character.isISOControl(c) ? '?' : c);
        }
        synchronized (to) {
            to.println(line);
            to.flush();
        }
    }
}
