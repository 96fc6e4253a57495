/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.backend.ingest;

import dev.defender.backend.batch.Batch;
import dev.defender.backend.store.AlertSighting;
import dev.defender.backend.store.EventRow;
import dev.defender.protocol.v1.DetectionFinding;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What a detection becomes.
 *
 * @param uid names the alert for ever: the same trigger and alert type give the same uid, however often they are sent
 */
record Alert(String uid, DetectionFinding finding, Columns columns) {
    private static final int UID_BYTES = 16;

    static Alert of(StreamKey stream, DetectionFinding finding) {
        return new Alert(uid(stream, finding), finding, Columns.of(finding.getTrigger()));
    }

    /** @param index of the detection in the batch; its body is copied */
    AlertSighting at(long position, PendingBatch pending, int index) {
        DecodedBatch decoded = pending.decoded();
        Batch batch = decoded.batch();
        StreamKey stream = decoded.stream();
        int body = batch.bodyOffset(index);
        EventRow event = new EventRow(
                position,
                pending.received(),
                stream.cluster(),
                stream.node(),
                stream.bootId(),
                stream.producer(),
                stream.epoch(),
                decoded.lane(),
                batch.sequence(index),
                batch.recordClass(index),
                finding.getTimeBootNs(),
                Instant.EPOCH.plus(decoded.clocks().timeMicros(finding.getTimeBootNs()), ChronoUnit.MICROS),
                Arrays.copyOfRange(batch.bytes(), body, body + batch.bodyLength(index)));
        return new AlertSighting(uid, finding, event);
    }

    private static String uid(StreamKey stream, DetectionFinding finding) {
        MessageDigest digest = sha256();
        long epoch = finding.getTriggerEpoch() == 0 ? stream.epoch() : finding.getTriggerEpoch();
        part(digest, stream.cluster());
        part(digest, finding.getAlertType());
        part(digest, stream.node());
        part(digest, stream.bootId());
        part(digest, stream.producer());
        part(digest, Long.toUnsignedString(epoch));
        if (finding.getTriggerSequence() != 0) {
            part(digest, Integer.toString(finding.getTriggerLaneValue()));
            part(digest, Long.toUnsignedString(finding.getTriggerSequence()));
        } else {
            // The trigger was dropped before it got a number: name it by what it was.
            part(digest, "unnumbered");
            part(digest, Integer.toString(finding.getTriggerClassValue()));
            part(digest, Long.toUnsignedString(finding.getTrigger().getTimeBootNs()));
            part(
                    digest,
                    Integer.toUnsignedString(finding.getTrigger().getProcess().getPid()));
            part(digest, Long.toUnsignedString(finding.getTrigger().getProcess().getCreatedTimeBootNs()));
        }
        return HexFormat.of().formatHex(digest.digest(), 0, UID_BYTES);
    }

    /** Length before text, so that no two lists of parts look alike. */
    private static void part(MessageDigest digest, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        digest.update((utf8.length + ":").getBytes(StandardCharsets.US_ASCII));
        digest.update(utf8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
