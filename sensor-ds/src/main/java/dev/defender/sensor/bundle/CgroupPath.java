/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.bundle;

import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the container id in a cgroup's path. All runtimes that matter name the cgroup by 64 hexadecimal digits; they differ
 * in what stands around them: {@code /docker/ID}, {@code docker-ID.scope}, {@code cri-containerd-ID.scope},
 * {@code crio-ID.scope}, {@code libpod-ID.scope/container}, {@code /kubepods/…/pod…/ID}, {@code …:cri-containerd:ID}.
 */
public final class CgroupPath {
    /** Length of an id. */
    public static final int ID_BYTES = 64;

    private static final byte[] CONMON = "conmon-".getBytes(StandardCharsets.US_ASCII);

    /** A uid has dashes, or underscores where systemd makes the groups; that of a static pod is a hash without either. */
    private static final Pattern POD =
            Pattern.compile("pod([0-9a-f]{8}([-_][0-9a-f]{4}){3}[-_][0-9a-f]{12}|[0-9a-f]{32})" + "(?=/|\\.slice[/:])");

    private CgroupPath() {}

    /** Index of the innermost container id in the path, {@value #ID_BYTES} bytes long; −1 if the path has none. */
    public static int containerId(byte[] path, int offset, int length) {
        int end = offset + length;
        int run = 0;
        for (int i = end - 1; i >= offset - 1; i--) {
            if (i >= offset && isHex(path[i])) {
                run++;
                continue;
            }
            int start = i + 1;
            if (run == ID_BYTES && delimited(path, offset, start, end) && !monitor(path, offset, start)) {
                return start;
            }
            run = 0;
        }
        return -1;
    }

    /**
     * Uid of the pod that the path up to {@code end} names, as kubelets write it: {@code pod<uid>}, or with underscores for
     * dashes where systemd makes the groups.
     *
     * @return empty if it names none
     */
    public static String podUid(byte[] path, int offset, int end) {
        Matcher found = POD.matcher(new String(path, offset, end - offset, StandardCharsets.ISO_8859_1));
        return found.find() ? found.group(1).replace('_', '-') : "";
    }

    private static boolean delimited(byte[] path, int offset, int start, int end) {
        int before = start > offset ? path[start - 1] : '/';
        int after = start + ID_BYTES < end ? path[start + ID_BYTES] : '/';
        return (before == '/' || before == '-' || before == ':') && (after == '/' || after == '.');
    }

    /** The runtime's monitor has a scope of its own beside the container's: it is a process of the host. */
    private static boolean monitor(byte[] path, int offset, int start) {
        int at = start - CONMON.length;
        if (at < offset) {
            return false;
        }
        for (int i = 0; i < CONMON.length; i++) {
            if (path[at + i] != CONMON[i]) {
                return false;
            }
        }
        return true;
    }

    private static boolean isHex(byte b) {
        return b >= '0' && b <= '9' || b >= 'a' && b <= 'f';
    }
}
