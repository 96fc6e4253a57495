/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import com.sun.jna.Native;
import com.sun.jna.Platform;

/** libc for the probe. */
final class ProbeLibc {
    static {
        Native.register(ProbeLibc.class, Platform.C_LIBRARY_NAME);
    }

    private ProbeLibc() {}

    static native int close(int fd);

    static native int geteuid();
}
