/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.capture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Where and how a capture was made. In the file: UTF-8, one {@code key=value} per line; unknown keys are passed over.
 *
 * @param abi version of event.h that the records are written to
 * @param producer name of the sensor that recorded
 * @param epoch of that sensor, CLOCK_BOOTTIME ns
 * @param cgroup key of the only cgroup recorded; 0 = all
 * @param masked whether all arguments but the program's name were masked
 */
record CaptureHeader(
        int abi,
        String node,
        String bootId,
        String kernelRelease,
        String architecture,
        String producer,
        long epoch,
        long cgroup,
        boolean masked) {
    /** Version of the file format. */
    static final int FORMAT = 1;

    byte[] encode() {
        return ("format=" + FORMAT
                        + "\nabi=" + abi
                        + "\nnode=" + oneLine(node)
                        + "\nboot_id=" + oneLine(bootId)
                        + "\nkernel=" + oneLine(kernelRelease)
                        + "\narchitecture=" + oneLine(architecture)
                        + "\nproducer=" + oneLine(producer)
                        + "\nepoch=" + epoch
                        + "\ncgroup=" + Long.toHexString(cgroup)
                        + "\nmasked=" + masked + "\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String oneLine(String value) {
        return value.replace('\n', ' ');
    }

    static CaptureHeader parse(Path file, String text, int supportedAbi) throws CaptureException {
        Map<String, String> values = new HashMap<>();
        for (String line : text.lines().toList()) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), line.substring(equals + 1));
            }
        }
        expect(file, "format", values, FORMAT);
        expect(file, "abi", values, supportedAbi);
        try {
            return new CaptureHeader(
                    supportedAbi,
                    text(values, "node"),
                    text(values, "boot_id"),
                    text(values, "kernel"),
                    text(values, "architecture"),
                    text(values, "producer"),
                    Long.parseLong(text(values, "epoch")),
                    Long.parseUnsignedLong(text(values, "cgroup"), 16),
                    Boolean.parseBoolean(text(values, "masked")));
        } catch (NumberFormatException bad) {
            throw new CaptureException(file + " has a header with a bad number: " + bad.getMessage());
        }
    }

    private static void expect(Path file, String key, Map<String, String> values, int supported)
            throws CaptureException {
        String value = text(values, key);
        if (!value.equals(Integer.toString(supported))) {
            throw new CaptureException(file + " was recorded with " + key + " " + value + "; this version reads "
                    + supported + ": replay it with the version that recorded it");
        }
    }

    private static String text(Map<String, String> values, String key) {
        return values.getOrDefault(key, "");
    }
}
