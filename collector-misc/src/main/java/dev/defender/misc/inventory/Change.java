/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.misc.inventory;

/** The values of the protobuf enum {@code ObjectChange}. */
final class Change {
    static final int LISTED = 1;
    static final int ADDED = 2;
    static final int MODIFIED = 3;
    static final int DELETED = 4;

    private Change() {}
}
