/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.outbox;

import dev.defender.protocol.wire.RecordClasses;

/**
 * How full a lane may be for a record of a class to enter it. The less an event is worth to an investigation, the earlier
 * it stays out: exits go first, execs last; in the urgent lane health gives way to detections, and both leave a reserve for
 * the reports that say what is missing.
 */
final class Admission {
    private Admission() {}

    /** Most bytes in use after a record of the class entered, in a lane of {@code capacity} bytes. */
    static long limit(int recordClass, int capacity) {
        return (long) capacity * percent(recordClass) / 100;
    }

    private static int percent(int recordClass) {
        return switch (recordClass) {
            case RecordClasses.EXIT -> 60;
            case RecordClasses.FORK -> 70;
            case RecordClasses.OPEN -> 80;
            case RecordClasses.CONNECT, RecordClasses.ACCEPT, RecordClasses.LISTEN -> 90;
            case RecordClasses.HEALTH -> 50;
            case RecordClasses.DETECTION -> 75;
            default -> 100;
        };
    }
}
