/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.protocol.wire;

/** Record class numbers: the values of the protobuf enum {@code RecordClass} for code that does not load it. */
public final class RecordClasses {
    public static final int EXEC = 1;
    public static final int FORK = 2;
    public static final int EXIT = 3;
    public static final int CONNECT = 4;
    public static final int ACCEPT = 5;
    public static final int LISTEN = 6;
    public static final int OPEN = 7;
    public static final int INVENTORY = 16;
    public static final int KUBERNETES_EVENT = 17;
    public static final int INVENTORY_LIST = 18;
    public static final int DETECTION = 32;
    public static final int GAP = 64;
    public static final int CUT = 65;
    public static final int HEALTH = 66;

    /** Classes from here on speak of the stream itself and are not in the ledger's rows. */
    public static final int FIRST_OF_STREAM = 64;

    private RecordClasses() {}

    /** Whether records of this class are counted in the ledger's rows. */
    public static boolean counted(int recordClass) {
        return recordClass > 0 && recordClass < FIRST_OF_STREAM;
    }
}
