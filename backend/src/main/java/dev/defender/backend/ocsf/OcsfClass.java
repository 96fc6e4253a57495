/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ocsf;

/** Class and activity of OCSF 1.8.0 with their captions. */
record OcsfClass(int category, int uid, String name, int activity, String activityName) {
    static final OcsfClass LAUNCH = new OcsfClass(1, 1007, "Process Activity", 1, "Launch");
    static final OcsfClass TERMINATE = new OcsfClass(1, 1007, "Process Activity", 2, "Terminate");
    static final OcsfClass NETWORK_OPEN = new OcsfClass(4, 4001, "Network Activity", 1, "Open");
    static final OcsfClass NETWORK_LISTEN = new OcsfClass(4, 4001, "Network Activity", 7, "Listen");
    static final OcsfClass FILE_CREATE = new OcsfClass(1, 1001, "File System Activity", 1, "Create");
    static final OcsfClass FILE_OPEN = new OcsfClass(1, 1001, "File System Activity", 14, "Open");
    static final OcsfClass FINDING = new OcsfClass(2, 2004, "Detection Finding", 1, "Create");

    static final OcsfClass INVENTORY = new OcsfClass(5, 5023, "Cloud Resources Inventory Info", 2, "Collect");

    /** For a record of a later version, which is passed on as it is. */
    static final OcsfClass BASE = new OcsfClass(0, 0, "Base Event", 99, "Other");

    int typeUid() {
        return uid * 100 + activity;
    }
}
