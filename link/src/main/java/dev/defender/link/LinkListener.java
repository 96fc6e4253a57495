/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.link;

/** Hears how it stands with the connection. Link thread; must not block. */
public interface LinkListener {
    /** A publisher welcomed this producer. */
    void up(String socket);

    /** There is no connection; called again for each attempt that fails. */
    void down(String what);
}
