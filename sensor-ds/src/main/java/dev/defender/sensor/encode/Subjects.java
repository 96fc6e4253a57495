/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.encode;

import dev.defender.protocol.wire.ProtoWriter;
import dev.defender.sensor.enrich.UserNames;
import dev.defender.sensor.state.EncodedIdentity;
import dev.defender.sensor.state.EncodedImage;
import dev.defender.sensor.state.ProcessEntry;
import org.jspecify.annotations.Nullable;

/** Writes {@code defender.v1.Process} messages: what changes from event to event by hand, the rest as one copy. */
public final class Subjects {
    private static final byte[] NONE = new byte[0];

    /** As long as Linux lets a user name be. */
    private static final int MOST_NAME_BYTES = 32;

    private final ImageEncoder images;
    private final UserNames users;
    private final ProtoWriter writer = new ProtoWriter();
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
        EncodedIdentity identity = identity(process);
        body.fields(identity.bytes(), 0, identity.end());
        fields(body, image.bytes(), image.end());
        redacted += image.redacted();
        repaired += image.repaired();
    }

    private void brief(ProtoWriter body, int field, ProcessEntry process) {
        EncodedImage image = images.encoded(process.image());
        EncodedIdentity identity = identity(process);
        int mark = body.begin(field);
        body.fields(identity.bytes(), 0, identity.briefEnd());
        fields(body, image.bytes(), image.briefEnd());
        body.end(mark);
    }

    private EncodedIdentity identity(ProcessEntry process) {
        EncodedIdentity identity = process.identity();
        if (!identity.valid(users.generation())) {
            encode(process, identity);
        }
        return identity;
    }

    private void encode(ProcessEntry process, EncodedIdentity identity) {
        writer.wrap(identity.bytes(), 0, EncodedIdentity.MOST_BYTES);
        writer.varint(1, Integer.toUnsignedLong(process.pid()));
        writer.fixed64(2, process.startBootNs());
        writer.varint(12, Integer.toUnsignedLong(process.parentPid()));
        int brief = writer.length();
        int user = writer.begin(6);
        writer.varint(1, Integer.toUnsignedLong(process.uid()));
        writer.varint(2, Integer.toUnsignedLong(process.gid()));
        writer.varint(3, Integer.toUnsignedLong(process.euid()));
        byte[] name = users.of(process.uid());
        writer.bytes(4, name, 0, Math.min(name.length, MOST_NAME_BYTES));
        writer.end(user);
        identity.fill(brief, writer.length(), users.generation());
    }

    private static void fields(ProtoWriter body, byte @Nullable [] bytes, int end) {
        body.fields(bytes == null ? NONE : bytes, 0, end);
    }
}
