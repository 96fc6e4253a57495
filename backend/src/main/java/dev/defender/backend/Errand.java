/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend;

import dev.defender.backend.backup.Backup;
import dev.defender.backend.backup.Restore;
import dev.defender.backend.database.DatabaseOptions;
import dev.defender.backend.postgres.PostgresOptions;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** What the program does instead of serving, or before. Whatever it prints besides the result goes to standard error. */
final class Errand {
    private static final String STANDARD = "-";
    private static final String AWAIT = "await";
    private static final long LOOK_SECONDS = 1;

    private Errand() {}

    /** @return whether there was one, which is done, and the program should end */
    static boolean done(Options options) throws UsageException, IOException, InterruptedException {
        Path shown = options.show();
        String backup = options.backup();
        String restore = options.restore();
        if ((shown == null ? 0 : 1) + (backup == null ? 0 : 1) + (restore == null ? 0 : 1) > 1) {
            throw new UsageException("--show, --backup and --restore do one thing each; give one of them");
        }
        if (shown != null) {
            System.out.print(Files.readString(shown));
            return true;
        }
        if (backup != null) {
            backup(options, backup);
            return true;
        }
        if (restore != null && !restore.equals(AWAIT)) {
            restore(options, restore);
            return true;
        }
        if (restore != null) {
            await(options.data());
        }
        return false;
    }

    private static void backup(Options options, String target) throws UsageException, IOException {
        DatabaseOptions database = options.database();
        Path home = options.data().resolve("postgres");
        // It asks the running server only, and needs no binaries.
        PostgresOptions postgres = new PostgresOptions(home, home, database.user());
        int files;
        if (target.equals(STANDARD)) {
            OutputStream out = new FileOutputStream(java.io.FileDescriptor.out);
            files = Backup.take(options.data(), postgres, out);
        } else {
            Path file = Path.of(target).toAbsolutePath();
            try (OutputStream out = PrivateFile.create(file)) {
                files = Backup.take(options.data(), postgres, out);
            } catch (IOException e) {
                Files.deleteIfExists(file);
                throw e;
            }
        }
        System.err.println("backend: backup of " + files + " files taken"
                + (options.external() ? "; the database is somebody else's and is not in it" : ""));
    }

    private static void restore(Options options, String source) throws UsageException, IOException {
        String user = options.database().user();
        int files;
        if (source.equals(STANDARD)) {
            files = Restore.put(options.data(), user, System.in);
        } else {
            try (InputStream in = Files.newInputStream(Path.of(source))) {
                files = Restore.put(options.data(), user, in);
            }
        }
        System.err.println("backend: " + files + " files restored to " + options.data());
    }

    private static void await(Path data) throws InterruptedException {
        if (!Files.exists(data)) {
            System.err.println("backend: waiting until --restore has made " + data);
        }
        while (!Files.exists(data)) {
            new CountDownLatch(1).await(LOOK_SECONDS, TimeUnit.SECONDS);
        }
    }
}
