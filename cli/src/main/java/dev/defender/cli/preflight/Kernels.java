/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.cli.preflight;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Releases of Linux, as uname tells them. */
final class Kernels {
    /** The first with ring buffers for BPF. */
    static final String OLDEST = "5.8";

    private static final Pattern RELEASE = Pattern.compile("(\\d+)\\.(\\d+).*");

    private Kernels() {}

    /** Whether a sensor can run on it. What is no release cannot be told, and is taken as good. */
    static boolean goodEnough(String release) {
        Matcher numbers = RELEASE.matcher(release.strip());
        if (!numbers.matches()) {
            return true;
        }
        int major = Integer.parseInt(numbers.group(1));
        return major > 5 || major == 5 && Integer.parseInt(numbers.group(2)) >= 8;
    }
}
