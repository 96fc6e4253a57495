/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.ring;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** The compiled programs, carried in the jar. */
final class SensorObject {
    private static final String RESOURCE = "/bpf/sensor.bpf.o";

    private SensorObject() {}

    static byte[] bytes() {
        try (InputStream in = SensorObject.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the sensor's jar lacks " + RESOURCE + "; build it with Maven");
            }
            return in.readAllBytes();
        } catch (IOException broken) {
            throw new UncheckedIOException("cannot read " + RESOURCE + " from the sensor's jar", broken);
        }
    }
}
