/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.backup;

import com.github.luben.zstd.ZstdOutputStream;
import dev.defender.backend.postgres.BaseBackup;
import dev.defender.backend.postgres.PostgresException;
import dev.defender.backend.postgres.PostgresOptions;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/** Takes a backup of a backend that runs; another process than the backend's may do so. */
public final class Backup implements BaseBackup.Sink {
    private static final int FILE_MODE = 0100600;
    private static final int DIRECTORY_MODE = 040700;

    private final TarArchiveOutputStream tar;
    private int files;

    private Backup(TarArchiveOutputStream tar) {
        this.tar = tar;
    }

    /**
     * @param data directory of the backend
     * @param postgres its embedded server; without data there, somebody else runs the database and it is not in the backup
     * @param out is not closed
     * @return number of files in it
     */
    public static int take(Path data, PostgresOptions postgres, OutputStream out) throws IOException {
        if (!Files.exists(data.resolve("pki/ca.pem"))) {
            throw new BackupException(
                    data + " holds no backend: there is no pki/ca.pem; name its directory with --data");
        }
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new ZstdOutputStream(new Unclosed(out)))) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
            Backup backup = new Backup(tar);
            backup.put(BackupFormat.FIRST, BackupFormat.FIRST_CONTENT);
            backup.files = 0;
            backup.plain(data);
            if (Files.isDirectory(data.resolve(BackupFormat.DATABASE_DATA))) {
                backup.database(data, postgres);
            }
            int files = backup.files;
            backup.put(BackupFormat.LAST, files + "\n");
            tar.finish();
            return files;
        }
    }

    private void plain(Path data) throws IOException {
        for (String name : BackupFormat.PLAIN) {
            put(name + "/", DIRECTORY_MODE);
            try (Stream<Path> found = Files.list(data.resolve(name))) {
                List<Path> sorted = found.filter(Files::isRegularFile)
                        .filter(file -> !file.getFileName().toString().startsWith("."))
                        .sorted()
                        .toList();
                for (Path file : sorted) {
                    put(name + "/" + file.getFileName(), file);
                }
            }
        }
    }

    private void database(Path data, PostgresOptions postgres) throws IOException {
        put(BackupFormat.DATABASE + "/", DIRECTORY_MODE);
        for (String name : BackupFormat.DATABASE_FILES) {
            Path file = data.resolve(BackupFormat.DATABASE).resolve(name);
            if (Files.exists(file)) {
                put(BackupFormat.DATABASE + "/" + name, file);
            }
        }
        put(BackupFormat.DATABASE_DATA + "/", DIRECTORY_MODE);
        try {
            BaseBackup.copy(postgres, this);
        } catch (PostgresException e) {
            throw new BackupException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void directory(Path name) throws IOException {
        put(BackupFormat.DATABASE_DATA + "/" + name + "/", DIRECTORY_MODE);
    }

    @Override
    public void file(Path name, Path source) throws IOException {
        put(BackupFormat.DATABASE_DATA + "/" + name, source);
    }

    @Override
    public void text(Path name, String content) throws IOException {
        put(BackupFormat.DATABASE_DATA + "/" + name, content);
    }

    private void put(String name, int mode) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(mode);
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    private void put(String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.UTF_8);
        begin(name, bytes.length);
        tar.write(bytes);
        tar.closeArchiveEntry();
    }

    /** The size is said before the content: what is missing at the end of a file that shrank meanwhile is zeros. */
    private void put(String name, Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            long left = Files.size(file);
            begin(name, left);
            byte[] buffer = new byte[1 << 16];
            while (left > 0) {
                int read = in.readNBytes(buffer, 0, (int) Math.min(buffer.length, left));
                int wanted = (int) Math.min(buffer.length, left);
                java.util.Arrays.fill(buffer, read, wanted, (byte) 0);
                tar.write(buffer, 0, wanted);
                left -= wanted;
            }
            tar.closeArchiveEntry();
        }
    }

    private void begin(String name, long size) throws IOException {
        TarArchiveEntry entry = new TarArchiveEntry(name);
        entry.setMode(FILE_MODE);
        entry.setSize(size);
        tar.putArchiveEntry(entry);
        files++;
    }

    /** Standard output stays open. */
    private static final class Unclosed extends FilterOutputStream {
        Unclosed(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() throws IOException {
            flush();
        }
    }
}
