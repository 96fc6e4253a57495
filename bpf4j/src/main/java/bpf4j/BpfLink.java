/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * An attached program. Closing detaches it, unless it is pinned: a pinned link keeps running without this process until it is
 * unpinned. Not thread-safe.
 */
public final class BpfLink implements AutoCloseable {
    private final String subject;
    private @Nullable Pointer handle;

    BpfLink(String subject, Pointer handle) {
        this.subject = subject;
        this.handle = handle;
    }

    /** Takes over a link pinned before, by this process or another. */
    public static BpfLink openPinned(Path path) {
        Libbpf.require();
        Pointer handle = Libbpf.bpf_link__open(path.toString());
        if (handle == null) {
            throw new BpfException(Operation.OPEN_PINNED, path.toString(), Native.getLastError(), "");
        }
        return new BpfLink(path.toString(), handle);
    }

    /** File descriptor of the link, owned by it. */
    public int fd() {
        return Libbpf.bpf_link__fd(live());
    }

    /** Makes the attachment outlive this process under a path on a bpf file system. */
    public void pin(Path path) {
        try (LibbpfLog log = LibbpfLog.open()) {
            int error = Libbpf.bpf_link__pin(live(), path.toString());
            if (error < 0) {
                throw new BpfException(Operation.PIN, subject + " at " + path, error, log.text());
            }
        }
    }

    /** Removes the pin that this object made or was opened from; the program stays attached until {@link #close()}. */
    public void unpin() {
        int error = Libbpf.bpf_link__unpin(live());
        if (error < 0) {
            throw new BpfException(Operation.PIN, subject, error, "");
        }
    }

    private Pointer live() {
        Pointer open = handle;
        if (open == null) {
            throw new IllegalStateException("link of " + subject + " is closed");
        }
        return open;
    }

    @Override
    public void close() {
        Pointer open = handle;
        if (open != null) {
            handle = null;
            Libbpf.bpf_link__destroy(open);
        }
    }
}
