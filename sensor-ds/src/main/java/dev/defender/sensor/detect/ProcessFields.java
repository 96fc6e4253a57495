/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.sensor.detect;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import dev.defender.sensor.encode.ImageEncoder;
import dev.defender.sensor.enrich.UserNames;
import dev.defender.sensor.state.EncodedImage;
import dev.defender.sensor.state.ProcessEntry;
import dev.defender.sensor.state.ProcessImage;
import org.jspecify.annotations.Nullable;

/** Fields of a process and its ancestors. */
public final class ProcessFields {
    private static final int UNSET = -1;

    private final ImageEncoder images;
    private final UserNames users;
    private boolean masked;

    // Where the last question about an ancestor ended: rules walk up one by one.
    private int reachedDepth;
    private @Nullable ProcessEntry reached;

    public ProcessFields(ImageEncoder images, UserNames users) {
        this.images = images;
        this.users = users;
    }

    /** A new event: ancestors may have changed. */
    void begin(ProcessEntry subject) {
        reachedDepth = 0;
        reached = subject;
    }

    private @Nullable ProcessEntry ancestor(ProcessEntry subject, int depth) {
        if (depth == 0) {
            return subject;
        }
        ProcessEntry from = reached;
        if (from == null || depth < reachedDepth) {
            from = subject;
            reachedDepth = 0;
        }
        ProcessEntry found = from.ancestor(depth - reachedDepth);
        if (found != null) {
            reached = found;
            reachedDepth = depth;
        }
        return found;
    }

    void masked(boolean on) {
        masked = on;
    }

    long number(ProcessEntry subject, Field field, int depth) {
        ProcessEntry process = ancestor(subject, depth);
        if (process == null) {
            return MISSING;
        }
        ProcessImage image = process.image();
        return switch (field) {
            case PROC_PID -> process.pid();
            case PROC_TTY -> image.tty();
            case PROC_EXE_UPPER_LAYER -> image.upperLayer() ? 1 : 0;
            case PROC_EXE_MEMFD -> image.memfd() ? 1 : 0;
            case CAP_EFFECTIVE -> image.capEffective();
            case CAP_PERMITTED -> image.capPermitted();
            case CAP_INHERITABLE -> image.capInheritable();
            case USER_UID -> Integer.toUnsignedLong(process.euid());
            case USER_LOGINUID -> process.loginUid() == UNSET ? UNSET : Integer.toUnsignedLong(process.loginUid());
            case GROUP_GID -> Integer.toUnsignedLong(process.gid());
            default -> MISSING;
        };
    }

    boolean text(ProcessEntry subject, Field field, int depth, Slice into) {
        ProcessEntry process = ancestor(subject, depth);
        if (process == null) {
            return false;
        }
        ProcessImage image = process.image();
        return switch (field) {
            case PROC_NAME -> some(into, image.text(), 0, image.nameEnd());
            case PROC_EXE -> some(into, image.text(), image.nameEnd(), image.exeEnd());
            case PROC_EXEPATH -> some(into, image.text(), image.argsEnd(), image.pathEnd());
            case PROC_CWD -> some(into, image.text(), image.pathEnd(), image.directoryEnd());
            case PROC_ARGS -> arguments(image, into);
            case USER_NAME -> name(process.euid(), into);
            case USER_LOGINNAME -> process.loginUid() != UNSET && name(process.loginUid(), into);
            default -> false;
        };
    }

    /** The encoder joins the arguments, so it goes first. */
    private boolean arguments(ProcessImage image, Slice into) {
        EncodedImage encoded = images.encoded(image);
        byte[] bytes = encoded.bytes();
        if (masked && bytes != null) {
            into.wrap(bytes, encoded.argsStart(), encoded.argsEnd() - encoded.argsStart());
        } else {
            into.wrap(image.text(), image.exeEnd(), image.argsEnd() - image.exeEnd());
        }
        return image.exeEnd() > image.nameEnd();
    }

    private boolean name(int uid, Slice into) {
        byte[] name = users.of(uid);
        return some(into, name, 0, name.length);
    }

    private static boolean some(Slice into, byte[] bytes, int from, int to) {
        into.wrap(bytes, from, to - from);
        return to > from;
    }
}
