/* SPDX-License-Identifier: Apache-2.0 */
package dev.defender.rules.catalogue;

import static dev.defender.rules.field.FieldSource.MISSING;

import dev.defender.rules.field.EventType;
import dev.defender.rules.field.Field;
import dev.defender.rules.field.Slice;
import java.util.List;

/** Fields {@code evt.*}. */
final class EventFields {
    private static final byte[] EXIT_DIRECTION = Bytes.ascii("<");
    private static final byte[] SYSCALL = Bytes.ascii("syscall");
    private static final byte[][] ACCESS_MODES = {
        Bytes.ascii("O_RDONLY"), Bytes.ascii("O_WRONLY"), Bytes.ascii("O_RDWR"), Bytes.ascii("O_RDONLY")
    };
    private static final byte[] NONE = Bytes.ascii("NONE");
    private static final byte[] NOTHING = {};
    private static final int ACCESS_MODE = 3;
    private static final int CREATE = 0x40;
    private static final int EXECUTE = 0x49;

    private EventFields() {}

    static List<FieldSpec> all() {
        return List.of(
                new FieldSpec("evt.type", FieldType.TEXT, new Access.EventTypeName(), null, null),
                new FieldSpec("syscall.type", FieldType.TEXT, new Access.EventTypeName(), null, null),
                FieldSpec.number("evt.num", Occurrence::number),
                FieldSpec.text("evt.dir", (event, into) -> Bytes.show(EXIT_DIRECTION, into)),
                FieldSpec.text("evt.source", (event, into) -> Bytes.show(SYSCALL, into)),
                FieldSpec.number("evt.rawres", EventFields::rawResult),
                FieldSpec.text("evt.res", EventFields::result),
                FieldSpec.flag("evt.failed", EventFields::failed),
                FieldSpec.flag("evt.is_open_read", event -> accessMode(event, 0, 2)),
                FieldSpec.flag("evt.is_open_write", event -> accessMode(event, 1, 2)),
                FieldSpec.flag("evt.is_open_exec", EventFields::createsExecutable),
                FieldSpec.flag("evt.is_open_create", event -> event.source().number(Field.EVT_OPEN_CREATED, 0)),
                FieldSpec.text("evt.arg.flags", EventFields::openFlags),
                FieldSpec.text("evt.arg.mode", EventFields::openMode),
                FieldSpec.text("evt.arg.name", EventFields::openedName));
    }

    private static long rawResult(Occurrence event) {
        return event.source().number(Field.EVT_RAWRES, 0);
    }

    private static boolean result(Occurrence event, Slice into) {
        long result = rawResult(event);
        return result != MISSING && ErrnoNames.show(result, into);
    }

    private static long failed(Occurrence event) {
        long result = rawResult(event);
        return result == MISSING ? MISSING : result < 0 ? 1 : 0;
    }

    private static long accessMode(Occurrence event, int mode, int otherMode) {
        long flags = event.source().number(Field.EVT_OPEN_FLAGS, 0);
        if (flags == MISSING) {
            return MISSING;
        }
        long actual = flags & ACCESS_MODE;
        return actual == mode || actual == otherMode ? 1 : 0;
    }

    private static long createsExecutable(Occurrence event) {
        long flags = event.source().number(Field.EVT_OPEN_FLAGS, 0);
        if (flags == MISSING) {
            return MISSING;
        }
        long mode = event.source().number(Field.EVT_OPEN_MODE, 0);
        return (flags & CREATE) != 0 && mode != MISSING && (mode & EXECUTE) != 0 ? 1 : 0;
    }

    private static boolean openFlags(Occurrence event, Slice into) {
        long flags = event.source().number(Field.EVT_OPEN_FLAGS, 0);
        if (flags == MISSING) {
            return false;
        }
        FlagNames.OPEN.show(ACCESS_MODES[(int) (flags & ACCESS_MODE)], flags, into);
        return true;
    }

    private static boolean openMode(Occurrence event, Slice into) {
        long mode = event.source().number(Field.EVT_OPEN_MODE, 0);
        if (mode == MISSING) {
            return false;
        }
        FlagNames.MODE.show(mode == 0 ? NONE : NOTHING, mode, into);
        return true;
    }

    private static boolean openedName(Occurrence event, Slice into) {
        return switch (event.type()) {
            case EventType.OPEN, EventType.OPENAT, EventType.OPENAT2, EventType.CREAT ->
                event.source().text(Field.FD_NAME, 0, into);
            default -> false;
        };
    }
}
