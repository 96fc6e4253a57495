/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc;

import dev.defender.link.LinkListener;

/** What the process says: one line for each change, none for a retry that ends the same way. Any thread. */
final class Console implements LinkListener {
    private volatile boolean publisherThere;
    private String lastLink = "";
    private String lastTrouble = "";

    boolean publisherThere() {
        return publisherThere;
    }

    void say(String line) {
        System.out.println("misc: " + line);
    }

    /** Says a sentence on stderr unless it is the one said last. */
    synchronized void trouble(String sentence) {
        if (!sentence.equals(lastTrouble)) {
            lastTrouble = sentence;
            System.err.println("misc: " + sentence);
        }
    }

    @Override
    public void up(String socket) {
        publisherThere = true;
        changed("publisher at " + socket + " acknowledges");
    }

    @Override
    public void down(String what) {
        publisherThere = false;
        changed(what);
    }

    private synchronized void changed(String state) {
        if (!state.equals(lastLink)) {
            lastLink = state;
            System.err.println("misc: " + state);
        }
    }
}
