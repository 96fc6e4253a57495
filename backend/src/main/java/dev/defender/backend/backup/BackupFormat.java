/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.backup;

import java.util.List;

/** A zstd-compressed tar: first what it is, then the files by their path in the data directory, at last how many. */
final class BackupFormat {
    static final String FIRST = "defender-backup";
    static final String FIRST_CONTENT = "defender-backup 1\n";
    static final String LAST = "defender-backup-end";

    /** Directories of the data directory whose files are in a backup as they are. */
    static final List<String> PLAIN = List.of("pki", "tokens");

    static final String DATABASE = "postgres";
    /** Files of the database's directory beside its data. */
    static final List<String> DATABASE_FILES = List.of("password", "superuser-password", "provisioned");

    static final String DATABASE_DATA = DATABASE + "/data";

    private BackupFormat() {}
}
