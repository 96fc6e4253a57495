/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.enrich.UserNames;
import dev.defender.sensor.state.EncodedImage;
import dev.defender.sensor.state.ProcessEntry;
import org.jspecify.annotations.Nullable;

/** Writes {@code defender.v1.Process} messages: what changes from event to event by hand, the rest as one copy. */
public final class Subjects {
    private static final byte[] NONE = new byte[0];

    private final ImageEncoder images;
    private final UserNames users;
    private int redacted;
    private int repaired;

    public Subjects(ImageEncoder images, UserNames users) {
        this.images = images;
        this.users = users;
    }

    /** Secrets masked in the processes written since {@link #begin}. */
    int redacted() {
        return redacted;
    }

    int repaired() {
        return repaired;
    }

    void begin() {
        redacted = 0;
        repaired = 0;
    }

    /** All that is known of the process, and its parent in brief. */
    void withParent(ProtoWriter body, int field, ProcessEntry process) {
        int mark = body.begin(field);
        full(body, process);
        ProcessEntry parent = process.parent();
        if (parent != null) {
            brief(body, 13, parent);
        }
        body.end(mark);
    }

    /** All that is known of the process, without its parent. */
    public void alone(ProtoWriter body, int field, ProcessEntry process) {
        int mark = body.begin(field);
        full(body, process);
        body.end(mark);
    }

    private void full(ProtoWriter body, ProcessEntry process) {
        EncodedImage image = images.encoded(process.image());
        names(body, process);
        fields(body, image.bytes(), image.end());
        int user = body.begin(6);
        body.varint(1, Integer.toUnsignedLong(process.uid()));
        body.varint(2, Integer.toUnsignedLong(process.gid()));
        body.varint(3, Integer.toUnsignedLong(process.euid()));
        byte[] name = users.of(process.uid());
        body.bytes(4, name, 0, name.length);
        body.end(user);
        redacted += image.redacted();
        repaired += image.repaired();
    }

    private void brief(ProtoWriter body, int field, ProcessEntry process) {
        EncodedImage image = images.encoded(process.image());
        int mark = body.begin(field);
        names(body, process);
        fields(body, image.bytes(), image.briefEnd());
        body.end(mark);
    }

    private static void names(ProtoWriter body, ProcessEntry process) {
        body.varint(1, Integer.toUnsignedLong(process.pid()));
        body.fixed64(2, process.startBootNs());
        body.varint(12, Integer.toUnsignedLong(process.parentPid()));
    }

    private static void fields(ProtoWriter body, byte @Nullable [] bytes, int end) {
        body.fields(bytes == null ? NONE : bytes, 0, end);
    }
}
