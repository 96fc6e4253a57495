/* SPDX-License-Identifier: Apache-2.0 */
package bpf4j.probe;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a kernel.
 *
 * @param major first number
 * @param minor second number
 */
public record KernelRelease(int major, int minor) implements Comparable<KernelRelease> {
    private static final Pattern START = Pattern.compile("(\\d{1,5})\\.(\\d{1,5}).*");

    /** Reads the two first numbers of what {@code uname -r} prints; 0.0 where there are none. */
    public static KernelRelease parse(String release) {
        Matcher matcher = START.matcher(release);
        return matcher.matches()
                ? new KernelRelease(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)))
                : new KernelRelease(0, 0);
    }

    @Override
    public int compareTo(KernelRelease other) {
        return major != other.major ? Integer.compare(major, other.major) : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
